package io.triport.testkit;

import io.triport.domain.cursor.Cursor;
import io.triport.domain.cursor.CursorScope;
import io.triport.domain.cursor.StoragePort;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.queue.DeadLetters;
import io.triport.domain.queue.Lease;
import io.triport.domain.queue.LeaseId;
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
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Delivery;
import io.triport.domain.request.MessageId;
import io.triport.testkit.FakeState.QueuedMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A queue of a {@link FakeStorageEngine}: a list that is looked through. */
final class FakeQueue implements Queue {
    private final FakeStorageEngine engine;
    private final QueueDefinition definition;
    private final CursorScope scope;

    FakeQueue(FakeStorageEngine engine, QueueDefinition definition) {
        this.engine = engine;
        this.definition = definition;
        this.scope = new CursorScope(StoragePort.QUEUE, definition.name().text(), Bytes.EMPTY);
    }

    @Override
    public MessageId send(Message message) {
        return sendAll(List.of(message)).getFirst();
    }

    @Override
    public List<MessageId> sendAll(List<Message> messages) {
        QueueLimits.checkSend(messages);
        return engine.locked(state -> {
            var now = now(state);
            var added = messages.stream()
                    .filter(message -> first(state, message, now).isEmpty())
                    .mapToLong(message -> message.body().size())
                    .sum();
            if (bytes(live(state, now)) + added > definition.backlog().bytes()) {
                throw new StorageFailure.LimitExceeded(FailureCode.THROTTLED, "backlog: full");
            }
            return messages.stream()
                    .map(message -> first(state, message, now).orElseGet(() -> add(state, message, now)))
                    .toList();
        });
    }

    @Override
    public List<Lease> pull(PullRequest request) {
        return engine.locked(state -> {
            var now = now(state);
            var leases = new ArrayList<Lease>();
            for (var message : live(state, now).toList()) {
                var ready = !message.readyAt().isAfter(now) && firstOfLine(state, message, now);
                if (ready && message.delivery().attempt() > definition.retries().most()) {
                    bury(state, message, now);
                } else if (ready && leases.size() < request.count()) {
                    var times = message.delivery().attempt() + 1;
                    var until = now.plus(request.visibility());
                    var leased = replace(state, message, message.delivery().attempted(times), until, times);
                    leases.add(new Lease(seal(leased), leased.delivery(), until));
                }
            }
            return leases;
        });
    }

    @Override
    public SettleOutcome settle(List<Settlement> settlements) {
        QueueLimits.checkSettle(settlements);
        return engine.locked(state -> {
            var counts = new int[3];
            var warnings = new ArrayList<SettleOutcome.Warning>();
            var seen = new HashSet<LeaseId>();
            for (var settlement : settlements) {
                if (seen.add(settlement.lease())) {
                    var why = settle(state, settlement, counts);
                    why.ifPresent(told -> warnings.add(new SettleOutcome.Warning(settlement.lease(), told)));
                }
            }
            return new SettleOutcome(counts[0], counts[1], counts[2], warnings);
        });
    }

    @Override
    public List<Peeked> peek(int count) {
        QueueLimits.checkPeek(count);
        return engine.locked(state -> live(state, now(state))
                .limit(count)
                .map(message -> new Peeked(ref(message), message.delivery()))
                .toList());
    }

    @Override
    public Set<MessageRef> discard(Set<MessageRef> refs) {
        QueueLimits.checkDiscard(refs);
        return engine.locked(state -> {
            var there = live(state, now(state)).collect(Collectors.toMap(this::ref, message -> message));
            refs.stream().map(there::get).filter(Objects::nonNull).forEach(state.queue(definition.name())::remove);
            return refs.stream().filter(ref -> !there.containsKey(ref)).collect(Collectors.toUnmodifiableSet());
        });
    }

    private MessageRef ref(QueuedMessage message) {
        return new MessageRef(definition.name().text() + "/" + message.number());
    }

    @Override
    public void purge() {
        engine.locked(state -> {
            state.queue(definition.name()).clear();
            return state;
        });
    }

    @Override
    public QueueMetrics metrics() {
        return engine.locked(state -> {
            var now = now(state);
            return new QueueMetrics(
                    live(state, now).count(),
                    new ByteSize(bytes(live(state, now))),
                    live(state, now)
                            .map(message -> message.delivery().sentAt())
                            .min(Comparator.naturalOrder())
                            .orElse(now),
                    state.dropped().getOrDefault(definition.name(), 0L));
        });
    }

    private Optional<MessageId> first(FakeState state, Message message, Instant now) {
        return Optional.ofNullable(state.onces().get(new FakeState.OnceName(definition.name(), message.dedup())))
                .filter(once -> !message.dedup().isNone() && once.until().isAfter(now))
                .map(FakeState.Once::id);
    }

    private MessageId add(FakeState state, Message message, Instant now) {
        var id = MessageId.fresh(engine.randomness());
        var origin = new Delivery.Origin(definition.name(), id, now);
        state.queue(definition.name())
                .add(new QueuedMessage(
                        state.nextVersion().number(),
                        new Delivery(
                                id,
                                origin,
                                message.type(),
                                message.body(),
                                now,
                                0,
                                message.producer().text()),
                        message.ordering(),
                        now.plus(message.delay().orElse(definition.delay())),
                        now.plus(definition.retention()),
                        0));
        state.onces()
                .put(
                        new FakeState.OnceName(definition.name(), message.dedup()),
                        new FakeState.Once(id, now.plus(QueueLimits.DEDUP)));
        return id;
    }

    /** Why nothing came of it. */
    private Optional<SettleOutcome.Why> settle(FakeState state, Settlement settlement, int[] counts) {
        Bytes opened;
        try {
            opened = engine.cursors().open(scope, new Cursor(settlement.lease().text()));
        } catch (StorageFailure.Rejected e) {
            return Optional.of(SettleOutcome.Why.UNKNOWN);
        }
        var parts = opened.toUtf8().split("/", 2);
        var attempt = Integer.parseInt(parts[1]);
        var found = state.queue(definition.name()).stream()
                .filter(message -> message.number() == Long.parseLong(parts[0]))
                .findFirst();
        if (found.isPresent() && found.get().delivery().attempt() > attempt) {
            return Optional.of(SettleOutcome.Why.TAKEN);
        }
        if (found.isEmpty() || found.get().lease() != attempt) {
            return Optional.of(SettleOutcome.Why.GONE);
        }
        settle(state, found.get(), settlement, counts);
        return Optional.empty();
    }

    private void settle(FakeState state, QueuedMessage message, Settlement settlement, int[] counts) {
        var now = now(state);
        var delivery = message.delivery();
        switch (settlement) {
            case Settlement.Ack ack -> {
                counts[0]++;
                state.queue(definition.name()).remove(message);
            }
            case Settlement.Retry retry -> {
                counts[1]++;
                if (delivery.attempt() > definition.retries().most()) {
                    bury(state, message, now);
                } else {
                    var delay = retry.delay().orElse(definition.retries().delay());
                    replace(state, message, delivery, now.plus(delay), 0);
                }
            }
            case Settlement.Prolong prolong -> {
                counts[2]++;
                replace(state, message, delivery, now.plus(prolong.visibility()), message.lease());
            }
        }
    }

    private QueuedMessage replace(
            FakeState state, QueuedMessage message, Delivery delivery, Instant readyAt, int lease) {
        var other =
                new QueuedMessage(message.number(), delivery, message.ordering(), readyAt, message.expiresAt(), lease);
        state.queue(definition.name()).remove(message);
        state.queue(definition.name()).add(other);
        return other;
    }

    private void bury(FakeState state, QueuedMessage message, Instant now) {
        state.queue(definition.name()).remove(message);
        switch (definition.retries().dead()) {
            case DeadLetters.Dropped dropped -> state.dropped().merge(definition.name(), 1L, Long::sum);
            case DeadLetters.Kept kept -> {
                var last = message.delivery();
                var letter = new Delivery(
                        MessageId.fresh(engine.randomness()),
                        last.origin(),
                        last.type(),
                        last.body(),
                        now,
                        0,
                        last.producer());
                state.queue(kept.queue())
                        .add(new QueuedMessage(
                                state.nextVersion().number(),
                                letter,
                                message.ordering(),
                                now,
                                now.plus(kept.retention()),
                                0));
            }
        }
    }

    private boolean firstOfLine(FakeState state, QueuedMessage message, Instant now) {
        return message.ordering().isNone()
                || live(state, now)
                        .filter(other -> other.ordering().equals(message.ordering()))
                        .allMatch(other -> other.number() >= message.number());
    }

    private Stream<QueuedMessage> live(FakeState state, Instant now) {
        return List.copyOf(state.queue(definition.name())).stream()
                .filter(message -> message.expiresAt().isAfter(now))
                .sorted(Comparator.comparing(QueuedMessage::readyAt).thenComparingLong(QueuedMessage::number));
    }

    private static long bytes(Stream<QueuedMessage> messages) {
        return messages.mapToLong(message -> message.delivery().body().size()).sum();
    }

    private LeaseId seal(QueuedMessage message) {
        var position = Bytes.utf8(message.number() + "/" + message.lease());
        return new LeaseId(engine.cursors().seal(scope, position).text());
    }

    private Instant now(FakeState state) {
        return state.furthest(engine.clock().instant());
    }
}
