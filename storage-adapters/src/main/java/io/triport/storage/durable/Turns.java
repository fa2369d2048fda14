package io.triport.storage.durable;

import io.triport.domain.durable.ClientSocket;
import io.triport.domain.durable.DurableClasses;
import io.triport.domain.durable.DurableCode;
import io.triport.domain.durable.DurableObject;
import io.triport.domain.durable.DurableObjects;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.SocketLink;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.queue.Queue;
import io.triport.domain.request.QueueName;
import io.triport.domain.storage.StorageLevel;
import io.triport.domain.storage.StorageLevel.Kind;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Brings events to objects, whose state a store keeps. Safe for many threads. */
public final class Turns implements DurableClasses, AutoCloseable {
    /*
     * Owners
     *
     * While another node has an object, claiming is tried again for a while, because a tenure among several nodes is as short as
     * the events that came to the object; then the caller is told that nothing happened.
     */
    private static final int CLAIMS = 100;
    private static final Duration BETWEEN_CLAIMS = Duration.ofMillis(20);
    private static final long BETWEEN_LOOKS_MILLIS = 500;
    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(1);
    private static final Duration LAST_EVENTS = Duration.ofSeconds(1);

    private final StateStore store;
    private final DurableCode code;
    private final Means means;
    private final Map<Address, LiveObject> live = new ConcurrentHashMap<>();
    private final Alarms alarms;
    private final Outbox outbox;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("object-looks").daemon().factory());
    private final AtomicLong sweptAt;
    private volatile boolean closed;

    /**
     * @param pause lets some time pass before a claim is tried again
     * @param databases that objects work on, closed with the turns
     */
    public record Means(Clock clock, Ticker ticker, Randomness randomness, Runnable pause, ScratchDatabases databases) {
        /** Of objects without databases. */
        public Means(Clock clock, Ticker ticker, Randomness randomness, Runnable pause) {
            this(clock, ticker, randomness, pause, ScratchDatabases.none());
        }

        /** The same, with the usual pause. */
        public Means(Clock clock, Ticker ticker, Randomness randomness) {
            this(clock, ticker, randomness, () -> LockSupport.parkNanos(BETWEEN_CLAIMS.toNanos()));
        }

        public Means with(ScratchDatabases other) {
            return new Means(clock, ticker, randomness, pause, other);
        }
    }

    /** @param store closed with this @param queues that objects may send to */
    public Turns(StateStore store, DurableCode code, Function<QueueName, Optional<Queue>> queues, Means means) {
        this.store = store;
        this.code = code;
        this.means = means;
        this.outbox = new Outbox(store, queues);
        this.alarms = new Alarms(this, code.instances().keySet());
        this.sweptAt = new AtomicLong(means.ticker().nanos());
    }

    /** Lets alarms go off, messages leave and instances end by themselves from now on. */
    public Turns running() {
        alarms.start();
        outbox.start();
        looks.scheduleWithFixedDelay(this::look, BETWEEN_LOOKS_MILLIS, BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
        return this;
    }

    /** Ends events that have lasted too long, instances that nobody asks, and sockets of objects that are another node's. */
    public void look() {
        live.values().forEach(LiveObject::look);
    }

    /** Brings the messages that wait to their queues, as far as these take them, and returns then. */
    public void deliverMessages() {
        outbox.deliver();
    }

    /** Lets the alarms go off that are due now, and waits until their objects have worked on them. */
    public void ring() {
        alarms.ring();
    }

    @Override
    public Optional<DurableObjects> objects(ObjectClass type) {
        return code.of(type).map(bound -> new TurnedObjects(this, type));
    }

    @Override
    public String adapter() {
        return store.info().name();
    }

    /** Events that wait for their turn, and what lies under them. */
    public List<StorageLevel> levels() {
        var levels = new ArrayList<>(store.levels());
        levels.add(new StorageLevel(Kind.WAITING, adapter(), "turns", this::waiting));
        return levels;
    }

    private int waiting() {
        return live.values().stream().mapToInt(LiveObject::waiting).sum();
    }

    /** Lets the events that have begun come to their end, for a second, and gives the objects back. */
    @Override
    public void close() {
        closed = true;
        looks.shutdownNow();
        alarms.close();
        var last = live.values().stream().toList();
        last.forEach(LiveObject::stop);
        var until = ticker().nanos() + LAST_EVENTS.toNanos();
        try {
            for (var object : last) {
                object.rest(until - ticker().nanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        outbox.close();
        means.databases().close();
        store.close();
    }

    ObjectAnswer deliver(Address address, ObjectEvent event, Turn.Access access, @Nullable Turn caller) {
        return deliver(address, turn -> turn.instance().handle(event, turn), access, caller);
    }

    ObjectAnswer deliver(Address address, Turn.Work work, Turn.Access access, @Nullable Turn caller) {
        if (Turn.comesBack(address, caller)) {
            throw new StorageFailure.Rejected(
                    FailureCode.CONFLICT, "object: REENTRANT (expected: no call back to an object that waits for it)");
        }
        sweep();
        while (true) {
            if (closed) {
                throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "objects: closed");
            }
            var object = live.computeIfAbsent(address, absent -> new LiveObject(absent, this));
            var turn = new Turn(object, work, access, caller);
            if (object.take(turn)) {
                return turn.await();
            }
        }
    }

    Optional<SocketLink> connect(Address address, ObjectEvent event, ClientSocket client) {
        var asking = new AtomicReference<@Nullable RoomSocket>();
        var gone = new AtomicBoolean();
        try {
            deliver(
                    address,
                    turn -> {
                        var socket = new RoomSocket(client, turn.object());
                        asking.set(socket);
                        if (gone.get()) {
                            socket.abandon();
                        }
                        turn.sockets().offer(socket);
                        turn.instance().connect(event, socket, turn);
                        return ObjectAnswer.EMPTY;
                    },
                    Turn.Access.WRITE,
                    null);
        } catch (RuntimeException e) {
            // The event may go on, and accept it when nobody is there.
            gone.set(true);
            var socket = asking.get();
            if (socket != null) {
                socket.abandon();
            }
            throw e;
        }
        return Optional.ofNullable(asking.get())
                .filter(RoomSocket::accepted)
                .map(socket -> new ObjectLink(this, socket));
    }

    Outbox outbox() {
        return outbox;
    }

    Tenure claim(Address address) {
        for (var i = 0; i < CLAIMS; i++) {
            var claimed = store.claim(address);
            if (claimed.isPresent()) {
                return claimed.get();
            }
            means.pause().run();
        }
        throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "object: another node has it");
    }

    DurableObject make(ObjectClass type) {
        return code.of(type)
                .orElseThrow(() -> new StorageFailure.Rejected(FailureCode.NOT_FOUND, "class: unknown"))
                .get();
    }

    void forget(LiveObject object) {
        live.remove(object.address(), object);
    }

    StateStore store() {
        return store;
    }

    ScratchDatabases databases() {
        return means.databases();
    }

    Clock clock() {
        return means.clock();
    }

    Ticker ticker() {
        return means.ticker();
    }

    Randomness randomness() {
        return means.randomness();
    }

    private void sweep() {
        var last = sweptAt.get();
        var now = means.ticker().nanos();
        if (now - last >= BETWEEN_SWEEPS.toNanos() && sweptAt.compareAndSet(last, now)) {
            look();
        }
    }
}
