package io.triport.domain.keyvalue;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.time.Duration;

/**
 * How fresh a read must be.
 *
 * @param cacheTtl how old an answer from a cache may be: zero for none, else 30 s or more
 * @param least the version that the reader has seen; nothing older is returned
 */
public record KvRead(Duration cacheTtl, KvVersion least) {
    /** What a reader allows that says nothing: only a binding with a cache makes use of it. */
    public static final KvRead WITHIN_A_MINUTE = new KvRead(Duration.ofSeconds(60), KvVersion.NONE);

    public static final KvRead FRESH = new KvRead(Duration.ZERO, KvVersion.NONE);

    /** @throws StorageFailure.Rejected BAD_REQUEST for a cacheTtl above zero and below 30 s */
    public KvRead {
        if (!cacheTtl.isZero() && cacheTtl.compareTo(KvLimits.SHORTEST_CACHE) < 0) {
            throw new StorageFailure.Rejected(
                    FailureCode.BAD_REQUEST, "cacheTtl: " + cacheTtl + " (expected: zero, or 30 s or more)");
        }
    }
}
