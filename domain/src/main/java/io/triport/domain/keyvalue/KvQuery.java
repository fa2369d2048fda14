package io.triport.domain.keyvalue;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.KeyPrefix;

/** What to list. @param limit rows wanted at most, 1..1000 */
public record KvQuery(KeyPrefix prefix, KvStart start, int limit) {
    /** @throws StorageFailure.Rejected BAD_REQUEST for a limit outside 1..1000 */
    public KvQuery {
        if (limit < 1 || limit > KvLimits.LIST_LIMIT) {
            throw new StorageFailure.Rejected(
                    FailureCode.BAD_REQUEST, "limit: " + limit + " (expected: 1.." + KvLimits.LIST_LIMIT + ")");
        }
    }

    public static KvQuery all() {
        return of(KeyPrefix.EVERY);
    }

    public static KvQuery of(KeyPrefix prefix) {
        return new KvQuery(prefix, KvStart.BEGINNING, KvLimits.LIST_LIMIT);
    }

    public KvQuery from(KvStart other) {
        return new KvQuery(prefix, other, limit);
    }

    public KvQuery limitedTo(int other) {
        return new KvQuery(prefix, start, other);
    }
}
