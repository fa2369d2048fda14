package io.triport.domain.table;

import java.util.List;

/** Which keys to find, in which order. @param areas none finds nothing */
public record KeySearch(List<KeyArea> areas, KeyFilter filter, KeySearch.Order order, Paging paging) {
    /** Ties are in the order of namespace and key. */
    public enum Order {
        NEWEST_FIRST,
        OLDEST_FIRST,
        NAME,
        NAME_DESCENDING,
        LARGEST_FIRST,
        SMALLEST_FIRST,
        /** Those that never expire come last. */
        EXPIRING_FIRST
    }

    public KeySearch {
        areas = List.copyOf(areas);
    }
}
