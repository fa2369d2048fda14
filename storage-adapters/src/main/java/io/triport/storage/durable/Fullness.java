package io.triport.storage.durable;

import io.triport.domain.durable.StateKey;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How much an object keeps, as far as its bound needs to be known. For the object's one event at a time. */
final class Fullness {
    /*
     * An estimate
     *
     * What is kept is counted once, and all that is written since is added as if it replaced nothing. Only where this passes the
     * bound is it counted again, without what the commit replaces.
     */
    private final StateStore store;
    private final long most;
    private @Nullable Known known;

    /** @param bytes at most */
    private record Known(Tenure tenure, long bytes) {}

    /** @param most bytes of keys, values and pages that an object may keep */
    Fullness(StateStore store, long most) {
        this.store = store;
        this.most = most;
    }

    /** @throws StorageFailure.LimitExceeded TOO_LARGE where the object would keep more than it may */
    void commit(Tenure tenure, StateChanges changes, Runnable commit) {
        var adds = !changes.puts().isEmpty() || !changes.pages().none();
        if (changes.before() == StateChanges.Before.STAYS && !adds) {
            commit.run();
            return;
        }
        var after = after(tenure, changes);
        known = null;
        commit.run();
        known = new Known(tenure, after);
    }

    private long after(Tenure tenure, StateChanges changes) {
        var written = size(changes.puts()) + changes.pages().growth();
        if (changes.before() == StateChanges.Before.GOES) {
            return required(written);
        }
        var before = known;
        var estimate =
                (before != null && tenure.follows(before.tenure()) ? before.bytes() : store.bytes(tenure)) + written;
        return estimate <= most ? estimate : required(counted(tenure, changes) + written);
    }

    private long counted(Tenure tenure, StateChanges changes) {
        var replaced = new HashSet<>(changes.deletes());
        replaced.addAll(changes.puts().keySet());
        return store.bytes(tenure) - size(store.read(tenure, Set.copyOf(replaced)));
    }

    private long required(long bytes) {
        if (bytes > most) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.TOO_LARGE, "object: " + bytes + " bytes (expected: at most " + most + ")");
        }
        return bytes;
    }

    private static long size(Map<StateKey, Bytes> entries) {
        return entries.entrySet().stream()
                .mapToLong(entry ->
                        (long) entry.getKey().bytes().size() + entry.getValue().size())
                .sum();
    }
}
