package io.triport.storage.sql;

import java.util.NavigableMap;
import java.util.TreeMap;

/** The pieces that a bucket has of a file. @param sizes of each by its place in the file */
record ShippedPieces<F extends ShippedFile>(F file, NavigableMap<Long, Long> sizes) {
    ShippedPieces(F file) {
        this(file, new TreeMap<>());
    }

    /** Behind the last byte before which none is missing. */
    long end() {
        var end = 0L;
        for (var size = sizes.get(end); size != null; size = sizes.get(end)) {
            end += size;
        }
        return end;
    }

    /** Whether one is missing before another. */
    boolean torn() {
        return !sizes.isEmpty() && sizes.lastKey() >= end();
    }
}
