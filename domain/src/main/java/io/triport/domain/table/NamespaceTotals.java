package io.triport.domain.table;

import io.triport.domain.keyvalue.Expiry;
import java.time.Instant;

/**
 * A namespace in numbers.
 *
 * @param keys live ones
 * @param bytes of their values
 * @param expiring those that have an expiry
 * @param lastWritten not before the last write of a live key; {@link Instant#MIN} where nothing is
 */
public record NamespaceTotals(long keys, long bytes, long expiring, Instant lastWritten) {
    public static final NamespaceTotals EMPTY = new NamespaceTotals(0, 0, 0, Instant.MIN);

    /** One live key in numbers. */
    static NamespaceTotals of(KeyRecord row) {
        return new NamespaceTotals(1, row.size(), row.expiry() instanceof Expiry.At ? 1 : 0, row.updated());
    }

    /** Of these keys and of others. */
    public NamespaceTotals plus(NamespaceTotals others) {
        return new NamespaceTotals(
                keys + others.keys,
                bytes + others.bytes,
                expiring + others.expiring,
                lastWritten.isAfter(others.lastWritten) ? lastWritten : others.lastWritten);
    }
}
