package io.triport.storage.durable;

import io.triport.domain.durable.ObjectState;
import io.triport.domain.durable.StateEntry;
import io.triport.domain.durable.StateKey;
import io.triport.domain.durable.StateQuery;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The state as an event sees it: what is stored, under what the event has written. Used by the event's thread alone. */
final class Draft implements ObjectState {
    private final Turn turn;
    private final DraftOutbox outbox;
    private final DraftSockets sockets;
    private final DraftSql sql;

    /** Empty where an entry is deleted. */
    private TreeMap<StateKey, Optional<Bytes>> written = new TreeMap<>();

    private StateChanges.Before before = StateChanges.Before.STAYS;

    private AlarmChange alarm = AlarmChange.STAYS;

    Draft(Turn turn, DraftOutbox outbox, DraftSockets sockets, DraftSql sql) {
        this.turn = turn;
        this.outbox = outbox;
        this.sockets = sockets;
        this.sql = sql;
    }

    @Override
    public Map<StateKey, Bytes> get(Set<StateKey> keys) {
        turn.requireAlone();
        requireFew(keys.size());
        var found = new HashMap<StateKey, Bytes>();
        var stored = new HashSet<StateKey>();
        for (var key : keys) {
            var ours = written.get(key);
            if (ours != null) {
                ours.ifPresent(value -> found.put(key, value));
            } else if (before == StateChanges.Before.STAYS) {
                stored.add(key);
            }
        }
        if (!stored.isEmpty()) {
            found.putAll(turn.store().read(turn.tenure(), stored));
        }
        return found;
    }

    @Override
    public void put(Map<StateKey, Bytes> entries) {
        turn.requireWritable();
        requireFew(entries.size());
        entries.forEach(Draft::requireSmall);
        entries.forEach((key, value) -> written.put(key, Optional.of(value)));
    }

    @Override
    public int delete(Set<StateKey> keys) {
        turn.requireWritable();
        var there = get(keys).size();
        keys.forEach(key -> written.put(key, Optional.empty()));
        return there;
    }

    @Override
    public List<StateEntry> list(StateQuery query) {
        turn.requireAlone();
        var merged = new TreeMap<StateKey, Bytes>();
        if (before == StateChanges.Before.STAYS) {
            // Each entry that was written may hide one that is stored.
            stored(query).forEach(entry -> merged.put(entry.key(), entry.value()));
        }
        written.forEach((key, value) -> {
            if (query.matches(key)) {
                value.ifPresentOrElse(present -> merged.put(key, present), () -> merged.remove(key));
            }
        });
        return merged.entrySet().stream()
                .limit(query.limit())
                .map(entry -> new StateEntry(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public void deleteAll() {
        turn.requireWritable();
        written = new TreeMap<>();
        before = StateChanges.Before.GOES;
        sql.empty();
    }

    @Override
    public <R> R transaction(Supplier<R> body) {
        turn.requireAlone();
        var writtenBefore = new TreeMap<>(written);
        var beforeBefore = before;
        var alarmBefore = alarm;
        var unsend = outbox.mark();
        var unsay = sockets.mark();
        var database = sql.mark();
        var commits = turn.commits();
        try {
            var result = body.get();
            if (turn.commits() == commits) {
                database.keep();
            }
            return result;
        } catch (RuntimeException | Error e) {
            if (turn.commits() == commits) {
                written = writtenBefore;
                before = beforeBefore;
                alarm = alarmBefore;
                unsend.run();
                unsay.run();
                database.backTo();
            } else {
                // What a sync has committed stays; the rest of the body goes.
                forget();
            }
            throw e;
        }
    }

    AlarmChange alarm() {
        return alarm;
    }

    void change(AlarmChange other) {
        alarm = other;
    }

    StateChanges changes(PageChanges pages) {
        var puts = new TreeMap<StateKey, Bytes>();
        var deletes = new HashSet<StateKey>();
        written.forEach(
                (key, value) -> value.ifPresentOrElse(present -> puts.put(key, present), () -> deletes.add(key)));
        return new StateChanges(before, puts, deletes, alarm, outbox.sent(), pages);
    }

    /** What was written is committed, or is not to be. */
    void forget() {
        written = new TreeMap<>();
        before = StateChanges.Before.STAYS;
        alarm = AlarmChange.STAYS;
        outbox.forget();
        sockets.forget();
        sql.forget();
    }

    /** So many that enough are left when those are gone that the event has deleted. */
    private List<StateEntry> stored(StateQuery query) {
        var found = new ArrayList<StateEntry>();
        var left = query;
        List<StateEntry> page;
        var visible = 0;
        do {
            page = turn.store().list(turn.tenure(), left);
            for (var entry : page) {
                found.add(entry);
                visible += written.containsKey(entry.key()) ? 0 : 1;
            }
            left = page.isEmpty() ? left : left.after(page.getLast().key());
        } while (page.size() == query.limit() && visible < query.limit());
        return found;
    }

    private static void requireFew(int count) {
        if (count > MOST_AT_ONCE) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.TOO_LARGE, "batch: " + count + " (expected: at most " + MOST_AT_ONCE + ")");
        }
    }

    private static void requireSmall(StateKey key, Bytes value) {
        var size = (long) key.bytes().size() + value.size();
        if (size > MOST_BYTES) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.TOO_LARGE, "entry: " + size + " bytes (expected: at most " + MOST_BYTES + ")");
        }
    }
}
