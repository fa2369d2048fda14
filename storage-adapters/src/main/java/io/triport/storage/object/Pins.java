package io.triport.storage.object;

import java.util.HashMap;
import java.util.Map;

/** How many readers each upload's parts have. Safe for many threads. */
final class Pins {
    private final Map<Long, Integer> readers = new HashMap<>();

    synchronized void add(long upload) {
        readers.merge(upload, 1, Integer::sum);
    }

    synchronized void remove(long upload) {
        readers.computeIfPresent(upload, (number, count) -> count == 1 ? null : count - 1);
    }

    synchronized boolean has(long upload) {
        return readers.containsKey(upload);
    }
}
