package io.triport.domain.table;

import io.triport.domain.identity.KeyPrefix;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
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
        MINUTE(Duration.ofMinutes(1)),
        HOUR(Duration.ofHours(1)),
        DAY(Duration.ofDays(1)),
        WEEK(Duration.ofDays(7)),
        MONTH(Duration.ofDays(30)),
        LATER(ChronoUnit.FOREVER.getDuration()),
        NEVER(ChronoUnit.FOREVER.getDuration());

        /** Those with a bound, the soonest first. */
        public static final List<Lifetime> ENDING = List.of(MINUTE, HOUR, DAY, WEEK, MONTH);

        private final Duration most;

        Lifetime(Duration most) {
            this.most = most;
        }

        /** How far away the end is at most. */
        public Duration most() {
            return most;
        }
    }

    /** Keys that begin alike. @param bytes of their values */
    public record Prefix(KeyPrefix prefix, long keys, long bytes) {}

    public NamespaceStatistics {
        lifetimes = Map.copyOf(lifetimes);
        largest = List.copyOf(largest);
        prefixes = List.copyOf(prefixes);
    }
}
