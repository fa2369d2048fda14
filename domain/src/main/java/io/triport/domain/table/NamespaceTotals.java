package io.triport.domain.table;

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
}
