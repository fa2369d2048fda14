package io.triport.storage.durable;

import io.triport.domain.durable.DurableClasses;
import io.triport.domain.durable.DurableCode;
import io.triport.domain.durable.DurableObject;
import io.triport.domain.durable.DurableObjects;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
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
    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(1);
    private static final Duration LAST_EVENTS = Duration.ofSeconds(1);

    private final StateStore store;
    private final DurableCode code;
    private final Means means;
    private final Map<Address, LiveObject> live = new ConcurrentHashMap<>();
    private final Alarms alarms;
    private final AtomicLong sweptAt;
    private volatile boolean closed;

    /** @param pause lets some time pass before a claim is tried again */
    public record Means(Clock clock, Ticker ticker, Randomness randomness, Runnable pause) {
        public Means(Clock clock, Ticker ticker, Randomness randomness) {
            this(clock, ticker, randomness, () -> LockSupport.parkNanos(BETWEEN_CLAIMS.toNanos()));
        }
    }

    /** @param store closed with this */
    public Turns(StateStore store, DurableCode code, Means means) {
        this.store = store;
        this.code = code;
        this.means = means;
        this.alarms = new Alarms(this, code.instances().keySet());
        this.sweptAt = new AtomicLong(means.ticker().nanos());
    }

    /** Lets alarms go off by themselves from now on. */
    public Turns ringing() {
        alarms.start();
        return this;
    }

    /** Lets the alarms go off that are due now, and waits until their objects have worked on them. */
    public void ring() {
        alarms.ring();
    }

    @Override
    public Optional<DurableObjects> objects(ObjectClass type) {
        return code.of(type).map(bound -> new TurnedObjects(this, type));
    }

    /** Lets the events that have begun come to their end, for a second, and gives the objects back. */
    @Override
    public void close() {
        closed = true;
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
        store.close();
    }

    ObjectAnswer deliver(Address address, ObjectEvent event, Turn.Access access, @Nullable Turn caller) {
        return deliver(address, turn -> turn.instance().handle(event, turn), access, caller);
    }

    ObjectAnswer deliver(Address address, Turn.Work work, Turn.Access access, @Nullable Turn caller) {
        if (Turn.comesBack(address, caller)) {
            throw new StorageFailure.Rejected(
                    FailureCode.CONFLICT, "object: reentrant (expected: no call back to an object that waits for it)");
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
            live.values().forEach(LiveObject::endIfIdle);
        }
    }
}
