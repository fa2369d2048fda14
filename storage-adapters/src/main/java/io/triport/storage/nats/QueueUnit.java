package io.triport.storage.nats;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.queue.DedupId;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.MessageId;
import io.triport.domain.request.QueueName;
import io.triport.storage.queue.QueueTable;
import io.triport.storage.queue.StoredMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The queues within one unit of work, which sees its own changes. It takes them back at its end; what stays is written. */
final class QueueUnit implements QueueTable {
    /** What a node keeps in memory of all queues: messages, and dedup ids that are not forgotten yet. */
    static final int MOST_ROWS = 250_000;

    /** How many messages a unit may add, as bits of their numbers. */
    private static final int ADDED_BITS = 20;

    /** More than come, so that those whose time has ended do not pile up. */
    private static final int FORGOTTEN_AT_ONCE = 2;

    private final QueueState state;
    private final Bodies bodies;
    private final long last;
    private final List<Change> changes = new ArrayList<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final Map<Long, Bytes> unwritten = new HashMap<>();
    private final IdentityHashMap<Bytes, BodyPlace> handedOut = new IdentityHashMap<>();
    private int added;

    /** @param last the entry that the state is made of, behind which the changes are to be written */
    QueueUnit(QueueState state, Bodies bodies, long last) {
        this.state = state;
        this.bodies = bodies;
        this.last = last;
    }

    List<Change> changes() {
        return List.copyOf(changes);
    }

    /** The state is again what it was when the unit began. */
    void end() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
    }

    /** A number that no other entry gives, since no other has this one's. */
    @Override
    public void add(List<StoredMessage> messages) {
        requireRoom(messages.size());
        for (var message : messages) {
            var numbered = message.numbered(((last + 1) << ADDED_BITS) + added);
            added++;
            var body = numbered.delivery().body();
            var place = handedOut.get(body);
            if (place == null || body.isEmpty()) {
                unwritten.put(numbered.number(), body);
                change(new Change.Put(numbered));
            } else {
                change(new Change.Refer(BodyPlace.with(numbered, Bytes.EMPTY), place));
            }
        }
    }

    @Override
    public List<StoredMessage> ready(QueueName queue, long now, int most) {
        return whole(state.ready(queue, now).limit(most));
    }

    @Override
    public int countReady(QueueName queue, long now, int most) {
        return (int) state.ready(queue, now).limit(most).count();
    }

    @Override
    public List<StoredMessage> find(QueueName queue, List<Long> numbers) {
        return whole(numbers.stream()
                .flatMap(number -> state.waiting(number).stream())
                .filter(row -> row.message().queue().equals(queue)));
    }

    @Override
    public void change(List<StoredMessage> messages) {
        for (var message : messages) {
            change(new Change.Turn(
                    message.number(), message.readyAt(), message.delivery().attempt(), message.lease()));
        }
    }

    @Override
    public void remove(List<Long> numbers) {
        numbers.forEach(number -> change(new Change.Remove(number)));
    }

    @Override
    public List<StoredMessage> peek(QueueName queue, long now, int most) {
        return whole(state.live(queue, now).limit(most));
    }

    @Override
    public long clear(QueueName queue) {
        var bytes = state.live(queue, Long.MIN_VALUE)
                .mapToLong(row -> row.body().size())
                .sum();
        change(new Change.Clear(queue));
        return bytes;
    }

    @Override
    public List<Remains> expired(long now, int most) {
        return state.expired(now)
                .limit(most)
                .map(row -> new Remains(
                        row.number(), row.message().queue(), row.body().size()))
                .toList();
    }

    @Override
    public MessageId remember(QueueName queue, DedupId dedup, MessageId id, Period period) {
        var before = state.sent(queue, dedup);
        if (before.isPresent() && before.get().until() > period.now()) {
            return before.get().id();
        }
        forget(period.now(), FORGOTTEN_AT_ONCE);
        requireRoom(1);
        change(new Change.Remember(queue, dedup, id, period.until()));
        return id;
    }

    @Override
    public void forget(long now, int most) {
        var ended = state.forgettable(now).limit(most).toList();
        ended.forEach(sent ->
                change(new Change.Forget(sent.name().queue(), sent.name().dedup())));
    }

    @Override
    public void count(QueueName queue, long bytes, long dropped) {
        if (bytes != 0 || dropped != 0) {
            var before = state.counted(queue);
            change(new Change.Count(queue, before.bytes() + bytes, before.dropped() + dropped));
        }
    }

    @Override
    public long bytes(QueueName queue) {
        return state.counted(queue).bytes();
    }

    @Override
    public Totals totals(QueueName queue, long now) {
        var count = 0L;
        var bytes = 0L;
        var oldest = Long.MAX_VALUE;
        for (var row : (Iterable<Row.Waiting>) state.live(queue, now)::iterator) {
            count++;
            bytes += row.body().size();
            oldest = Math.min(oldest, row.message().delivery().sentAt().toEpochMilli());
        }
        return new Totals(
                count, bytes, count == 0 ? now : oldest, state.counted(queue).dropped());
    }

    private void requireRoom(int more) {
        if (state.size() + more > MOST_ROWS) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.THROTTLED,
                    "backlog: " + state.size() + " messages and dedup ids (expected: at most " + MOST_ROWS + ")");
        }
    }

    private void change(Change change) {
        undo.push(state.apply(change, BodyPlace.UNWRITTEN));
        changes.add(change);
    }

    private List<StoredMessage> whole(Stream<Row.Waiting> rows) {
        var all = rows.toList();
        var written = bodies.at(all.stream()
                .map(Row.Waiting::body)
                .filter(place -> place.entry() != BodyPlace.UNWRITTEN)
                .toList());
        return all.stream().map(row -> whole(row, written)).toList();
    }

    private StoredMessage whole(Row.Waiting row, Map<BodyPlace, Bytes> written) {
        var place = row.body();
        var body = place.entry() == BodyPlace.UNWRITTEN ? unwritten.get(place.number()) : written.get(place);
        if (body == null) {
            throw place.missing();
        }
        if (place.entry() != BodyPlace.UNWRITTEN) {
            handedOut.put(body, place);
        }
        return BodyPlace.with(row.message(), body);
    }
}
