package io.triport.storage.queue;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.queue.DeadLetters;
import io.triport.domain.queue.Lease;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.MessageRef;
import io.triport.domain.queue.Peeked;
import io.triport.domain.queue.PullRequest;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.queue.QueueLimits;
import io.triport.domain.queue.QueueMetrics;
import io.triport.domain.queue.SettleOutcome;
import io.triport.domain.queue.Settlement;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Delivery;
import io.triport.domain.request.MessageId;
import io.triport.domain.time.Randomness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A queue whose messages are leased to whoever pulls them. */
final class LeasedQueue implements Queue {
    /*
     * When a message is ready
     *
     * Each message has one moment from which it may be delivered. A send sets it to the present, or to the end of a delay; a
     * delivery to the end of its lease; a retry to the present or the end of a delay. So the order of these moments is that of
     * sends, and a message that fails again and again stands behind those that were sent meanwhile.
     *
     * Which lease counts
     *
     * A message knows the number of its last delivery while nobody has settled that. A lease names its own; it settles the
     * message while both are equal, however late, because then nobody else has the message.
     */
    private final QueueDefinition definition;
    private final QueueRows rows;
    private final Means means;
    private final LeaseSeal seal;

    /** @param expiredAtOnce how many expired messages a pull takes away */
    record Means(ForwardClock clock, Randomness randomness, int expiredAtOnce) {}

    LeasedQueue(QueueDefinition definition, QueueRows rows, Means means, CursorSeal seal) {
        this.definition = definition;
        this.rows = rows;
        this.means = means;
        this.seal = new LeaseSeal(seal, definition.name());
    }

    @Override
    public MessageId send(Message message) {
        return sendAll(List.of(message)).getFirst();
    }

    @Override
    public List<MessageId> sendAll(List<Message> messages) {
        QueueLimits.checkSend(messages);
        return rows.write(table -> {
            var now = now();
            var ids = new ArrayList<MessageId>();
            var added = new ArrayList<StoredMessage>();
            for (var message : messages) {
                var id = MessageId.fresh(means.randomness());
                var first = firstOf(table, message, id, now);
                ids.add(first);
                if (first.equals(id)) {
                    added.add(sent(message, id, now));
                }
            }
            var bytes = added.stream().mapToLong(StoredMessage::bytes).sum();
            requireRoom(table, bytes, now);
            table.add(added);
            table.count(definition.name(), bytes, 0);
            return ids;
        });
    }

    @Override
    public List<Lease> pull(PullRequest request) {
        if (ready(1) == 0) {
            return List.of();
        }
        return rows.write(table -> take(table, request)).stream()
                .map(message ->
                        new Lease(seal.seal(message), message.delivery(), Instant.ofEpochMilli(message.readyAt())))
                .toList();
    }

    @Override
    public SettleOutcome settle(List<Settlement> settlements) {
        QueueLimits.checkSettle(settlements);
        return rows.write(table -> new Settling(definition, table, this::bury, now()).all(settlements, seal));
    }

    @Override
    public List<Peeked> peek(int count) {
        QueueLimits.checkPeek(count);
        return rows.read(table -> table.peek(definition.name(), now(), count)).stream()
                .map(message -> new Peeked(seal.ref(message), message.delivery()))
                .toList();
    }

    @Override
    public Set<MessageRef> discard(Set<MessageRef> refs) {
        QueueLimits.checkDiscard(refs);
        var numbers = new HashMap<MessageRef, Long>();
        refs.forEach(ref -> seal.open(ref).ifPresent(number -> numbers.put(ref, number)));
        var removed = numbers.isEmpty() ? Set.<Long>of() : rows.write(table -> remove(table, numbers.values()));
        return refs.stream()
                .filter(ref -> !removed.contains(numbers.getOrDefault(ref, 0L)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Set<Long> remove(QueueTable table, Collection<Long> numbers) {
        var found = table.find(definition.name(), List.copyOf(numbers)).stream()
                .filter(message -> message.expiresAt() > now())
                .toList();
        var there = found.stream().map(StoredMessage::number).toList();
        table.remove(there);
        table.count(
                definition.name(),
                -found.stream().mapToLong(StoredMessage::bytes).sum(),
                0);
        return Set.copyOf(there);
    }

    @Override
    public void purge() {
        rows.write(table -> {
            var bytes = table.clear(definition.name());
            table.count(definition.name(), -bytes, 0);
            return bytes;
        });
    }

    @Override
    public QueueMetrics metrics() {
        var totals = rows.read(table -> table.totals(definition.name(), now()));
        return new QueueMetrics(
                totals.count(), new ByteSize(totals.bytes()), Instant.ofEpochMilli(totals.oldest()), totals.dropped());
    }

    /** How many could be pulled now, counted no further than to the most. */
    int ready(int most) {
        return rows.read(table -> table.countReady(definition.name(), now(), most));
    }

    private MessageId firstOf(QueueTable table, Message message, MessageId id, long now) {
        return message.dedup().isNone()
                ? id
                : table.remember(
                        definition.name(),
                        message.dedup(),
                        id,
                        new QueueTable.Period(now, now + QueueLimits.DEDUP.toMillis()));
    }

    private StoredMessage sent(Message message, MessageId id, long now) {
        var moment = Instant.ofEpochMilli(now);
        var origin = new Delivery.Origin(definition.name(), id, moment);
        var producer = message.producer().text();
        return new StoredMessage(
                0,
                definition.name(),
                new Delivery(id, origin, message.type(), message.body(), moment, 0, producer),
                message.ordering(),
                now + message.delay().orElse(definition.delay()).toMillis(),
                now + definition.retention().toMillis(),
                0);
    }

    private void requireRoom(QueueTable table, long bytes, long now) {
        var most = definition.backlog().bytes();
        while (table.bytes(definition.name()) + bytes > most) {
            if (Expiries.remove(table, now, means.expiredAtOnce()) == 0) {
                throw new StorageFailure.LimitExceeded(
                        FailureCode.THROTTLED, "backlog: full (expected: at most " + most + " bytes)");
            }
        }
    }

    private List<StoredMessage> take(QueueTable table, PullRequest request) {
        var now = now();
        var until = now + request.visibility().toMillis();
        var taken = new ArrayList<StoredMessage>();
        Expiries.remove(table, now, means.expiredAtOnce());
        List<StoredMessage> ready;
        do {
            ready = table.ready(definition.name(), now, request.count() - taken.size());
            var leased = new ArrayList<StoredMessage>();
            for (var message : ready) {
                if (message.delivery().attempt() >= definition.retries().deliveries()) {
                    bury(table, message, now);
                } else {
                    leased.add(message.leasedUntil(until));
                }
            }
            table.change(leased);
            taken.addAll(leased);
        } while (!ready.isEmpty() && taken.size() < request.count());
        return taken;
    }

    /** Takes a message away that was delivered as often as it may be. */
    private void bury(QueueTable table, StoredMessage message, long now) {
        table.remove(List.of(message.number()));
        switch (definition.retries().dead()) {
            case DeadLetters.Dropped dropped -> table.count(definition.name(), -message.bytes(), 1);
            case DeadLetters.Kept kept -> {
                table.count(definition.name(), -message.bytes(), 0);
                table.add(List.of(dead(message, kept, now)));
                table.count(kept.queue(), message.bytes(), 0);
            }
        }
    }

    private StoredMessage dead(StoredMessage message, DeadLetters.Kept kept, long now) {
        var last = message.delivery();
        var letter = new Delivery(
                MessageId.fresh(means.randomness()),
                last.origin(),
                last.type(),
                last.body(),
                Instant.ofEpochMilli(now),
                0,
                last.producer());
        return new StoredMessage(
                0,
                kept.queue(),
                letter,
                message.ordering(),
                now,
                now + kept.retention().toMillis(),
                0);
    }

    private long now() {
        return means.clock().millis();
    }
}
