package io.triport.domain.keyvalue;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.time.Duration;

/**
 * How fresh a read must be.
 *
 * @param cacheTtl how old an answer from a cache may be: zero for none, else 30 s or more
 * @param least the version that the reader has seen; nothing older is returned
 * @param room for the values
 */
public record KvRead(Duration cacheTtl, KvVersion least, Room room) {
    /** What a reader allows that says nothing: only a binding with a cache makes use of it. */
    public static final KvRead WITHIN_A_MINUTE = new KvRead(Duration.ofSeconds(60), KvVersion.NONE);

    public static final KvRead FRESH = new KvRead(Duration.ZERO, KvVersion.NONE);

    /** With as much room as there is. */
    public KvRead(Duration cacheTtl, KvVersion least) {
        this(cacheTtl, least, Room.UNBOUNDED);
    }

    /** @throws StorageFailure.Rejected BAD_REQUEST for a cacheTtl above zero and below 30 s */
    public KvRead {
        if (!cacheTtl.isZero() && cacheTtl.compareTo(KvLimits.SHORTEST_CACHE) < 0) {
            throw new StorageFailure.Rejected(
                    FailureCode.BAD_REQUEST, "cacheTtl: " + cacheTtl + " (expected: zero, or 30 s or more)");
        }
    }

    /** The same into other room. */
    public KvRead into(Room other) {
        return new KvRead(cacheTtl, least, other);
    }
}
