package io.triport.storage.memory;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.request.Bytes;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything that is kept, and the lock that guards it. */
final class MemoryData {
    /*
     * Undo. Every change notes how to take it back. A unit that throws runs the notes made since it began, newest first, which
     * works for units within units too. The journal is emptied when the outermost write ends.
     *
     * Expiry. Entries that end lie in a second set too, in the order of their ends, so that reclaiming finds them without
     * looking at the others. All changes go through put and remove, which keep the two alike, also when they undo.
     */
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final NavigableMap<Bytes, MemoryNamespace> byTitle = new TreeMap<>();
    private final Map<NamespaceId, Bytes> titles = new HashMap<>();
    private final NavigableSet<Ending> endings = new TreeSet<>(Ending.ORDER);
    private final Map<CallName, RememberedCall> calls = new HashMap<>();
    private final Deque<Runnable> journal = new ArrayDeque<>();
    private final MemoryRows rows = new MemoryRows(journal);
    private final MemoryQueues queues = new MemoryQueues(journal::push);
    private long version;

    /** @param entries by the bytes of their keys, live or not */
    record MemoryNamespace(NamespaceId id, NavigableMap<Bytes, MemoryEntry> entries) {}

    record CallName(String caller, String operation, String key) {}

    record RememberedCall(Bytes content, Bytes answer, Instant until) {}

    private record Ending(Instant at, NamespaceId namespace, Bytes key) {
        private static final Comparator<Ending> ORDER = Comparator.comparing(Ending::at)
                .thenComparing(ending -> ending.namespace().text())
                .thenComparing(Ending::key);
    }

    <R> R read(Supplier<R> work) {
        lock.readLock().lock();
        try {
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Does all of the work, or nothing when it throws. */
    <R> R write(Supplier<R> work) {
        lock.writeLock().lock();
        var before = journal.size();
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            while (journal.size() > before) {
                journal.pop().run();
            }
            throw e;
        } finally {
            if (lock.getWriteHoldCount() == 1) {
                journal.clear();
            }
            lock.writeLock().unlock();
        }
    }

    /** The rows of the tables. */
    MemoryRows rows() {
        return rows;
    }

    /** To be used within {@link #read} or {@link #write}. */
    MemoryQueues queues() {
        return queues;
    }

    KvVersion nextVersion() {
        version++;
        return new KvVersion(version);
    }

    @Nullable
    MemoryNamespace find(Bytes title) {
        return byTitle.get(title);
    }

    /** @throws StorageFailure.Rejected NOT_FOUND */
    MemoryNamespace namespace(Bytes title) {
        var namespace = find(title);
        if (namespace == null) {
            throw new StorageFailure.Rejected(FailureCode.NOT_FOUND, "namespace: unknown (expected: an existing one)");
        }
        return namespace;
    }

    @Nullable
    Bytes title(NamespaceId id) {
        return titles.get(id);
    }

    NavigableMap<Bytes, MemoryNamespace> namespaces() {
        return byTitle;
    }

    void add(Bytes title, MemoryNamespace namespace) {
        byTitle.put(title, namespace);
        titles.put(namespace.id(), title);
        journal.push(() -> {
            byTitle.remove(title);
            titles.remove(namespace.id());
        });
    }

    void removeNamespace(Bytes title) {
        var namespace = namespace(title);
        byTitle.remove(title);
        titles.remove(namespace.id());
        journal.push(() -> {
            byTitle.put(title, namespace);
            titles.put(namespace.id(), title);
        });
    }

    void put(MemoryNamespace namespace, Bytes key, MemoryEntry entry) {
        var before = replace(namespace, key, entry);
        journal.push(() -> replace(namespace, key, before));
    }

    /** Whether there was an entry, live or not. */
    boolean remove(MemoryNamespace namespace, Bytes key) {
        var before = replace(namespace, key, null);
        if (before != null) {
            journal.push(() -> replace(namespace, key, before));
        }
        return before != null;
    }

    /** Removes what ended, the oldest first. @return how many entries */
    int reclaim(Instant now, int most) {
        var gone = new ArrayList<Ending>();
        for (var ending : endings) {
            if (gone.size() == most || ending.at().isAfter(now)) {
                break;
            }
            gone.add(ending);
        }
        gone.forEach(this::reclaim);
        calls.values().removeIf(call -> !now.isBefore(call.until()));
        return gone.size();
    }

    @Nullable
    RememberedCall call(CallName name) {
        return calls.get(name);
    }

    void remember(CallName name, RememberedCall call) {
        var before = calls.put(name, call);
        journal.push(() -> {
            if (before == null) {
                calls.remove(name);
            } else {
                calls.put(name, before);
            }
        });
    }

    void forget(CallName name) {
        var before = calls.remove(name);
        if (before != null) {
            journal.push(() -> calls.put(name, before));
        }
    }

    private void reclaim(Ending ending) {
        var title = titles.get(ending.namespace());
        if (title == null) {
            endings.remove(ending);
        } else {
            remove(namespace(title), ending.key());
        }
    }

    private @Nullable MemoryEntry replace(MemoryNamespace namespace, Bytes key, @Nullable MemoryEntry entry) {
        var before = entry == null
                ? namespace.entries().remove(key)
                : namespace.entries().put(key, entry);
        if (before != null) {
            endings(namespace, key, before).forEach(endings::remove);
        }
        if (entry != null) {
            endings.addAll(endings(namespace, key, entry));
        }
        return before;
    }

    private static List<Ending> endings(MemoryNamespace namespace, Bytes key, MemoryEntry entry) {
        return entry.entry().expiry() instanceof Expiry.At at
                ? List.of(new Ending(at.moment(), namespace.id(), key))
                : List.of();
    }
}
