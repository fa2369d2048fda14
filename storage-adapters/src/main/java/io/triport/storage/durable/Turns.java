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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** Brings events to objects, whose state a store keeps. Safe for many threads. */
public final class Turns implements DurableClasses, AutoCloseable {
    /*
     * Owners
     *
     * An event goes to the node that has its object, wherever it came in. Among nodes that do not speak to each other a claim is tried
     * again for a while, because a tenure is then as short as the events that came to the object; after that the caller is told that
     * nothing happened.
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
    private final Owners owners;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("object-looks").daemon().factory());
    private final AtomicLong sweptAt;
    private volatile boolean closed;

    /**
     * @param pause lets some time pass before a claim is tried again
     * @param databases that objects work on, closed with the turns
     * @param peers to whom is handed on what is for their objects
     */
    public record Means(
            Clock clock,
            Ticker ticker,
            Randomness randomness,
            Runnable pause,
            ScratchDatabases databases,
            Peers peers) {
        /** Of objects without databases, on a node that speaks to no other. */
        public Means(Clock clock, Ticker ticker, Randomness randomness, Runnable pause) {
            this(clock, ticker, randomness, pause, ScratchDatabases.none(), Peers.none());
        }

        /** The same, with the usual pause. */
        public Means(Clock clock, Ticker ticker, Randomness randomness) {
            this(clock, ticker, randomness, () -> LockSupport.parkNanos(BETWEEN_CLAIMS.toNanos()));
        }

        public Means with(ScratchDatabases other) {
            return new Means(clock, ticker, randomness, pause, other, peers);
        }

        public Means with(Peers other) {
            return new Means(clock, ticker, randomness, pause, databases, other);
        }
    }

    /** @param store closed with this @param queues that objects may send to */
    public Turns(StateStore store, DurableCode code, Function<QueueName, Optional<Queue>> queues, Means means) {
        this.store = store;
        this.code = code;
        this.means = means;
        this.outbox = new Outbox(store, queues);
        this.owners = new Owners(this, means);
        this.alarms = new Alarms(this, code.instances().keySet());
        this.sweptAt = new AtomicLong(means.ticker().nanos());
    }

    /** Lets alarms go off, messages leave and instances end by themselves from now on. */
    public Turns running() {
        alarms.start();
        outbox.start();
        looks.scheduleWithFixedDelay(this::look, BETWEEN_LOOKS_MILLIS, BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
        looks.scheduleWithFixedDelay(this::approachPeers, 0, BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
        return this;
    }

    /** Ends events that have lasted too long, instances that nobody asks, and sockets of objects that are another node's. */
    public void look() {
        live.values().forEach(LiveObject::look);
    }

    /** Begins connections to nodes that have come since. */
    public void approachPeers() {
        owners.approach();
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

    /** Wherever the object is. */
    ObjectAnswer ask(Address address, ObjectEvent event, Access access, Caller caller) {
        return owners.reach(
                address,
                () -> here(address, handling(event), access, caller),
                owner -> means.peers().ask(owner, new HandedEvent(address, event, access, caller.waiting())));
    }

    private static Turn.Work handling(ObjectEvent event) {
        return turn -> turn.instance().handle(event, turn);
    }

    /** On this node alone. @throws StorageFailure.Unavailable also where another node has the object */
    void alone(Address address, Turn.Work work) {
        if (!(here(address, work, Access.WRITE, Caller.OUTSIDE) instanceof Handing.Given<ObjectAnswer>)) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "object: another node has it");
        }
    }

    /** On this node, which takes the object if it can have it. Never missed. */
    Handing<ObjectAnswer> here(Address address, Turn.Work work, Access access, Caller caller) {
        return answered(begin(address, work, access, caller));
    }

    private static Handing<ObjectAnswer> answered(Turn turn) {
        try {
            return new Handing.Given<>(turn.await());
        } catch (OwnedElsewhere e) {
            return new Handing.Elsewhere<>(e.owner());
        }
    }

    private Turn begin(Address address, Turn.Work work, Access access, Caller caller) {
        if (caller.waiting().contains(address)) {
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
                return turn;
            }
        }
    }

    /** What other nodes hand on. */
    public HandedOn handedOn() {
        return new HandedOn() {
            @Override
            public Handing<ObjectAnswer> ask(HandedEvent handed) {
                return unlessNotBegun(handed, handling(handed.event()));
            }

            @Override
            public Handing<Optional<SocketLink>> connect(HandedEvent handed, ClientSocket client) {
                var asking = new Asking(Turns.this, handed.event(), client);
                return asking.asked(() -> unlessNotBegun(handed, asking));
            }
        };
    }

    /** An event that this node has not begun may go to another, or come again. */
    private Handing<ObjectAnswer> unlessNotBegun(HandedEvent handed, Turn.Work work) {
        if (closed || code.of(handed.address().type()).isEmpty()) {
            return new Handing.Missed<>();
        }
        var turn = begin(handed.address(), work, handed.access(), handed);
        try {
            return answered(turn);
        } catch (StorageFailure.Unavailable e) {
            if (!turn.begun() && e.code() == FailureCode.UNAVAILABLE) {
                return new Handing.Missed<>();
            }
            throw e;
        }
    }

    Optional<SocketLink> connect(Address address, ObjectEvent event, ClientSocket client) {
        return owners.reach(
                address,
                () -> {
                    var asking = new Asking(this, event, client);
                    return asking.asked(() -> here(address, asking, Access.WRITE, Caller.OUTSIDE));
                },
                owner -> means.peers().connect(owner, new HandedEvent(address, event, Access.WRITE, Set.of()), client));
    }

    Outbox outbox() {
        return outbox;
    }

    /** @throws OwnedElsewhere where another node has it that can be asked */
    Tenure claim(Address address) {
        for (var i = 0; i < CLAIMS; i++) {
            var claimed = store.claim(address);
            if (claimed.isPresent()) {
                return claimed.get();
            }
            store.owner(address).filter(means.peers()::reach).ifPresent(owner -> {
                throw new OwnedElsewhere(owner);
            });
            means.pause().run();
        }
        throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "object: another node has it");
    }

    DurableObject make(ObjectClass type) {
        return code.of(type)
                .orElseThrow(() -> new StorageFailure.Rejected(FailureCode.NOT_FOUND, "class: unknown"))
                .get();
    }

    /** Whether the object is here, as far as anybody has it. */
    boolean has(Address address) {
        return live.containsKey(address);
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
