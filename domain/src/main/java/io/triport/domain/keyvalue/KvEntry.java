package io.triport.domain.keyvalue;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import java.time.Instant;

/**
 * A value with what belongs to it. A put replaces all of it.
 *
 * @param value 0 to 26,214,400 bytes; an empty value is a value
 * @param version given by the store; {@link KvVersion#NONE} in an entry to be put
 */
public record KvEntry(Bytes value, KvMetadata metadata, Expiry expiry, KvVersion version) {
    /** @throws StorageFailure.LimitExceeded TOO_LARGE above 25 MiB */
    public KvEntry {
        if (value.size() > KvLimits.VALUE_BYTES) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.TOO_LARGE,
                    "value: " + value.size() + " bytes (expected: at most " + KvLimits.VALUE_BYTES + ")");
        }
    }

    public static KvEntry of(Bytes value) {
        return new KvEntry(value, KvMetadata.NONE, Expiry.NEVER, KvVersion.NONE);
    }

    public static KvEntry of(String value) {
        return of(KvKey.utf8(value));
    }

    public KvEntry with(KvMetadata other) {
        return new KvEntry(value, other, expiry, version);
    }

    public KvEntry expiring(Expiry other) {
        return new KvEntry(value, metadata, other, version);
    }

    /** As it lies in the store: with its version, and its expiry as a moment. @throws StorageFailure.Rejected EXPIRES_IN_PAST */
    public KvEntry stored(KvVersion number, Instant now) {
        return new KvEntry(value, metadata, expiry.settled(now), number);
    }

    public boolean liveAt(Instant now) {
        return !expiry.passed(now);
    }
}
