package io.triport.domain.table;

import java.util.List;

/** A page of a search. @param total rows of the whole result */
public record FoundKeys(List<KeyRecord> keys, long total) {
    public FoundKeys {
        keys = List.copyOf(keys);
    }
}
