package io.triport.storage.memory;

import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows by their keys. Every change notes in the journal how to take it back. Guarded by the lock of {@link MemoryData}. */
final class Undoable<K, V> {
    private final NavigableMap<K, V> rows;
    private final Deque<Runnable> journal;

    Undoable(Comparator<? super K> order, Deque<Runnable> journal) {
        this.rows = new TreeMap<>(order);
        this.journal = journal;
    }

    Optional<V> get(K key) {
        return Optional.ofNullable(rows.get(key));
    }

    /** A view to read. */
    NavigableMap<K, V> rows() {
        return Collections.unmodifiableNavigableMap(rows);
    }

    void put(K key, V row) {
        var before = rows.put(key, row);
        journal.push(() -> restore(key, before));
    }

    /** Whether there was one. */
    boolean remove(K key) {
        var before = rows.remove(key);
        if (before != null) {
            journal.push(() -> restore(key, before));
        }
        return before != null;
    }

    private void restore(K key, @Nullable V before) {
        if (before == null) {
            rows.remove(key);
        } else {
            rows.put(key, before);
        }
    }
}
