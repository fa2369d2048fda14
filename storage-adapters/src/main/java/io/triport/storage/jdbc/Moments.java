package io.triport.storage.jdbc;

import io.triport.domain.keyvalue.Expiry;
import java.time.Instant;

/** Moments as columns: milliseconds since the epoch, and the largest and smallest number for those that never come or were. */
public final class Moments {
    private static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE);
    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private Moments() {}

    public static long millis(Instant moment) {
        if (!moment.isAfter(FIRST)) {
            return Long.MIN_VALUE;
        }
        return moment.isBefore(LAST) ? moment.toEpochMilli() : Long.MAX_VALUE;
    }

    public static Instant moment(long millis) {
        if (millis == Long.MIN_VALUE) {
            return Instant.MIN;
        }
        return millis == Long.MAX_VALUE ? Instant.MAX : Instant.ofEpochMilli(millis);
    }

    /** @param settled an expiry as it lies in a store */
    public static long millis(Expiry settled) {
        return settled instanceof Expiry.At at ? at.moment().toEpochMilli() : Long.MAX_VALUE;
    }

    public static Expiry expiry(long millis) {
        return millis == Long.MAX_VALUE ? Expiry.NEVER : Expiry.at(Instant.ofEpochMilli(millis));
    }
}
