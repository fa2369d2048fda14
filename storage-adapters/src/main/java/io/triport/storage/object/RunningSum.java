package io.triport.storage.object;

import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.request.Bytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** A sum of bytes that grows with them. For one thread. */
public sealed interface RunningSum {
    void update(ByteBuffer piece);

    /** The sum of all bytes so far, after which there are no more. The same when it is asked for again. */
    Bytes value();

    static RunningSum of(ChecksumAlgorithm algorithm) {
        return switch (algorithm) {
            case MD5 -> new Digested("MD5");
            case SHA1 -> new Digested("SHA-1");
            case SHA256 -> new Digested("SHA-256");
            case SHA384 -> new Digested("SHA-384");
            case SHA512 -> new Digested("SHA-512");
            case CRC32 -> new Cyclic(new CRC32(), Integer.BYTES);
            case CRC32C -> new Cyclic(new CRC32C(), Integer.BYTES);
            case CRC64NVME -> new Cyclic(new Crc64Nvme(), Long.BYTES);
        };
    }

    /** A cryptographic digest. */
    final class Digested implements RunningSum {
        private final MessageDigest digest;
        private Bytes value = Bytes.EMPTY;

        private Digested(String name) {
            try {
                digest = MessageDigest.getInstance(name);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has " + name, e);
            }
        }

        @Override
        public void update(ByteBuffer piece) {
            digest.update(piece);
        }

        @Override
        public Bytes value() {
            if (value.isEmpty()) {
                value = Bytes.copyOf(digest.digest());
            }
            return value;
        }
    }

    /** A cyclic redundancy check. */
    final class Cyclic implements RunningSum {
        private final Checksum checksum;
        private final int bytes;

        private Cyclic(Checksum checksum, int bytes) {
            this.checksum = checksum;
            this.bytes = bytes;
        }

        @Override
        public void update(ByteBuffer piece) {
            checksum.update(piece);
        }

        @Override
        public Bytes value() {
            var all = ByteBuffer.allocate(Long.BYTES).putLong(0, checksum.getValue());
            return Bytes.from(all.position(Long.BYTES - bytes));
        }
    }
}
