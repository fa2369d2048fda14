package io.triport.domain.object;

import io.triport.domain.request.Bytes;
import java.util.Optional;

/**
 * A checksum that the bytes of a write must have, or that shall be made of them and kept. The value may come behind the bytes,
 * so it is asked for after their end and not before.
 */
public interface ChecksumClaim {
    ChecksumAlgorithm algorithm();

    /** Empty where the store shall only make it. Called once the content has ended. */
    Optional<Bytes> expected();

    /** Whether it is kept with the object, and not only compared. */
    boolean kept();

    /** A value that is known before the first byte. */
    static ChecksumClaim of(Checksum checksum) {
        return new KnownChecksum(checksum.algorithm(), Optional.of(checksum.value()), true);
    }

    /** The MD5 that came beside the bytes, such as {@code Content-MD5}: compared and not kept, for the entity tag says it. */
    static ChecksumClaim md5(Bytes value) {
        return new KnownChecksum(ChecksumAlgorithm.MD5, Optional.of(value), false);
    }

    /** Made and kept, compared with nothing. */
    static ChecksumClaim made(ChecksumAlgorithm algorithm) {
        return new KnownChecksum(algorithm, Optional.empty(), true);
    }
}
