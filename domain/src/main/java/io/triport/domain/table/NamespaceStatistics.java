package io.triport.domain.table;

import io.triport.domain.identity.KeyPrefix;
import java.util.List;
import java.util.Map;

/**
 * A closer look at a namespace. Reads all of its rows, but no value.
 *
 * @param lifetimes live keys by how soon they end; each bucket is there
 * @param largest at most 10 keys, the largest first
 * @param prefixes at most 10 with the most keys, up to and with the first delimiter
 */
public record NamespaceStatistics(
        NamespaceTotals totals,
        Map<NamespaceStatistics.Lifetime, Long> lifetimes,
        List<KeyRecord> largest,
        List<NamespaceStatistics.Prefix> prefixes) {
    /** Ends within so long from now, and not within the one before. */
    public enum Lifetime {
        MINUTE,
        HOUR,
        DAY,
        WEEK,
        MONTH,
        LATER,
        NEVER
    }

    /** Keys that begin alike. @param bytes of their values */
    public record Prefix(KeyPrefix prefix, long keys, long bytes) {}

    public NamespaceStatistics {
        lifetimes = Map.copyOf(lifetimes);
        largest = List.copyOf(largest);
        prefixes = List.copyOf(prefixes);
    }
}
