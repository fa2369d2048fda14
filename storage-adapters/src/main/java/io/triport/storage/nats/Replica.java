package io.triport.storage.nats;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.time.Randomness;
import io.triport.storage.queue.QueueTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this node knows of a stream. Guarded by its owner. */
final class Replica {
    /*
     * The front of the stream
     *
     * Entries are removed from the front. What they have written and is still there is written once more at the end before that. A
     * node that was away for so long that it finds a gap reads everything anew, and so does one whose stream was made anew, or does
     * not go on as the node has seen it: an entry names the one before it.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final int READ_AT_ONCE = 100;
    /** A server takes 1 MiB; the largest send has half of it. */
    private static final int MOST_BYTES = 1_000_000;

    private static final int SPARE_ENTRIES = 1_000;
    private static final long SPARE_BYTES = 16L << 20;
    private static final int ROW_BYTES = 200;
    private static final int REWRITTEN_ROWS = 100;
    private static final int REWRITTEN_BYTES = 256_000;

    private final EntryStream stream;
    private final Randomness randomness;
    private final Bodies bodies = new Bodies(this::entries);
    /** Bytes of the entries that are needed, the last of them last. */
    private final Deque<Integer> sizes = new ArrayDeque<>();

    private QueueState state = new QueueState();
    private String created = "";
    private long last;
    private Bytes mark = Entry.NO_MARK;
    private long bytes;
    private long removed;
    private @Nullable QueueUnit running;

    Replica(EntryStream stream, Randomness randomness) {
        this.stream = stream;
        this.randomness = randomness;
    }

    /** A unit that has ended: what came of it, and what it would change. */
    record Attempt<R>(R result, List<Change> changes) {}

    /** The unit that runs; null where none does. */
    @Nullable
    QueueTable running() {
        return running;
    }

    /** Runs a unit on what is known, and takes its changes back. @throws Gone where more has to be known */
    <R> Attempt<R> attempt(Function<QueueTable, R> work) {
        var unit = new QueueUnit(state, bodies, last);
        running = unit;
        try {
            return new Attempt<>(work.apply(unit), unit.changes());
        } finally {
            running = null;
            unit.end();
        }
    }

    Entry entry(List<Change> changes) {
        return new Entry(Bytes.copyOf(randomness.bytes(Entry.MARK_BYTES)), mark, changes);
    }

    /** Adds an entry behind the last that is known. */
    Appended append(Entry entry) {
        var form = EntryForm.bytes(entry);
        if (form.length > MOST_BYTES) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.TOO_LARGE, "unit: " + form.length + " bytes (expected: at most " + MOST_BYTES + ")");
        }
        var appended = stream.append(last, form);
        if (appended == Appended.DONE) {
            apply(last + 1, entry, form.length);
        }
        return appended;
    }

    /** What was read. @param anew whether all of it was, and what was known before is forgotten */
    record Read(Set<Bytes> marks, boolean anew) {}

    /** Reads what is new. */
    Read follow() {
        var marks = new HashSet<Bytes>();
        var extent = stream.extent();
        var whole = !extent.created().equals(created) || extent.last() < last;
        if (whole) {
            restart(extent);
        }
        while (last < extent.last()) {
            var to = Math.min(extent.last(), last + READ_AT_ONCE);
            try {
                var numbers = LongStream.rangeClosed(last + 1, to).boxed().toList();
                for (var read : new TreeMap<>(stream.read(numbers)).entrySet()) {
                    var entry = EntryForm.parse(read.getValue());
                    if (!whole && !entry.before().equals(mark)) {
                        throw new Gone(last);
                    }
                    apply(read.getKey(), entry, read.getValue().size());
                    marks.add(entry.mark());
                }
            } catch (Gone e) {
                extent = stream.extent();
                if (whole && extent.first() <= last + 1) {
                    throw new StorageFailure.Corrupt("nats: the stream has no " + e.getMessage());
                }
                whole = true;
                restart(extent);
            }
        }
        if (lacks(extent)) {
            // Somebody has emptied the stream, and with it the queues.
            whole = true;
            restart(extent);
        }
        return new Read(marks, whole);
    }

    /** Whether anything was read yet. */
    boolean isBegun() {
        return !created.isEmpty();
    }

    /** Whether nothing is new. */
    boolean isNewest() {
        var extent = stream.extent();
        return extent.created().equals(created) && extent.last() == last && !lacks(extent);
    }

    /** How many messages, dedup ids and counters there are. */
    int rows() {
        return state.size();
    }

    /** Writes again what keeps much from being removed, and removes what is not needed. */
    void trim() {
        var rows = rows();
        if (sizes.size() > SPARE_ENTRIES + 2 * rows
                || bytes > SPARE_BYTES + 2 * (state.bodyBytes() + (long) ROW_BYTES * rows)) {
            append(entry(rewritten()));
        }
        // The last one stays, so that who begins here knows what the next one follows.
        var needed = Math.min(last, last - sizes.size() + 1);
        if (needed - removed > SPARE_ENTRIES) {
            stream.cut(needed);
            removed = needed;
        }
    }

    private List<Change> rewritten() {
        var rows = new ArrayList<Row>();
        var weight = 0L;
        for (var row : (Iterable<Row>) state.oldest().limit(REWRITTEN_ROWS)::iterator) {
            rows.add(row);
            weight += row instanceof Row.Waiting waiting ? waiting.body().size() : 0;
            if (weight > REWRITTEN_BYTES) {
                break;
            }
        }
        var written = bodies.at(rows.stream()
                .filter(Row.Waiting.class::isInstance)
                .map(row -> ((Row.Waiting) row).body())
                .toList());
        return rows.stream()
                .<Change>map(row -> switch (row) {
                    case Row.Waiting(var message, var body) ->
                        new Change.Put(BodyPlace.with(message, present(body, written)));
                    case Row.Sent(var name, var id, var until, var entry) ->
                        new Change.Remember(name.queue(), name.dedup(), id, until);
                    case Row.Counted(var name, var counted, var dropped, var entry) ->
                        new Change.Count(name.queue(), counted, dropped);
                })
                .toList();
    }

    private static Bytes present(BodyPlace place, Map<BodyPlace, Bytes> written) {
        var body = written.get(place);
        if (body == null) {
            throw place.missing();
        }
        return body;
    }

    private void restart(Extent extent) {
        if (!created.isEmpty()) {
            LOG.warn("queues read anew last={} stream={}", last, extent);
        }
        state = new QueueState();
        bodies.clear();
        sizes.clear();
        bytes = 0;
        created = extent.created();
        last = extent.first() - 1;
        removed = extent.first();
        mark = Entry.NO_MARK;
    }

    private void apply(long number, Entry entry, int size) {
        entry.changes().forEach(change -> state.apply(change, number));
        bodies.keep(entry, number);
        last = number;
        mark = entry.mark();
        sizes.addLast(size);
        bytes += size;
        forget();
    }

    private void forget() {
        var needed = last - state.firstEntry().orElse(last + 1) + 1;
        while (sizes.size() > needed) {
            bytes -= sizes.removeFirst();
        }
    }

    /** Whether a stream of which all is known has lost what the state needs. */
    private boolean lacks(Extent extent) {
        return extent.first() > state.firstEntry().orElse(Long.MAX_VALUE);
    }

    private Map<Long, Entry> entries(Collection<Long> numbers) {
        var entries = new HashMap<Long, Entry>();
        stream.read(numbers).forEach((number, form) -> entries.put(number, EntryForm.parse(form)));
        return entries;
    }
}
