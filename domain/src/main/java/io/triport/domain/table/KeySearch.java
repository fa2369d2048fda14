package io.triport.domain.table;

import java.util.Comparator;
import java.util.List;

/**
 * Which keys to find, in which order.
 *
 * @param areas none finds nothing
 * @param start where the first page begins; the offset counts from there, the total does not
 */
public record KeySearch(
        List<KeyArea> areas, KeyFilter filter, KeySearch.Order order, Paging paging, KeySearch.Start start) {
    /** Where to begin in the order. */
    public sealed interface Start {
        Start BEGINNING = new Beginning();

        /** With the first key. */
        record Beginning() implements Start {}

        /** Behind a key that was found before, wherever it is by now; of its record only what the order looks at counts. */
        record After(KeyRecord last) implements Start {}
    }

    /** Ties are in the order of namespace and key. */
    public enum Order {
        /** By their last write, of which no two are at once. */
        NEWEST_FIRST,
        OLDEST_FIRST,
        NAME,
        NAME_DESCENDING,
        LARGEST_FIRST,
        SMALLEST_FIRST,
        /** Those that never expire come last. */
        EXPIRING_FIRST;

        private static final Comparator<KeyRecord> BY_NAME =
                Comparator.comparing((KeyRecord row) -> row.namespace().bytes()).thenComparing(KeyRecord::key);
        private static final Comparator<KeyRecord> BY_VERSION = Comparator.comparing(KeyRecord::version);
        private static final Comparator<KeyRecord> BY_SIZE = Comparator.comparingLong(KeyRecord::size);

        public Comparator<KeyRecord> comparator() {
            return switch (this) {
                case NEWEST_FIRST -> BY_VERSION.reversed().thenComparing(BY_NAME);
                case OLDEST_FIRST -> BY_VERSION.thenComparing(BY_NAME);
                case NAME -> Comparator.comparing(KeyRecord::key).thenComparing(BY_NAME);
                case NAME_DESCENDING ->
                    Comparator.comparing(KeyRecord::key).reversed().thenComparing(BY_NAME);
                case LARGEST_FIRST -> BY_SIZE.reversed().thenComparing(BY_NAME);
                case SMALLEST_FIRST -> BY_SIZE.thenComparing(BY_NAME);
                case EXPIRING_FIRST -> Comparator.comparing(KeyRecord::ends).thenComparing(BY_NAME);
            };
        }
    }

    public KeySearch {
        areas = List.copyOf(areas);
    }

    /** From the beginning. */
    public KeySearch(List<KeyArea> areas, KeyFilter filter, KeySearch.Order order, Paging paging) {
        this(areas, filter, order, paging, Start.BEGINNING);
    }

    /** Whether a key lies behind the start. */
    public boolean begun(KeyRecord row) {
        return switch (start) {
            case Start.Beginning beginning -> true;
            case Start.After(var last) -> order.comparator().compare(row, last) > 0;
        };
    }
}
