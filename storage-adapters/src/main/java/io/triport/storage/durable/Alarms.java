package io.triport.storage.durable;

import io.triport.domain.durable.Alarm;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.failure.StorageFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wakes objects whose alarms are due. Safe for many threads. */
final class Alarms implements AutoCloseable {
    /*
     * Once for each commit
     *
     * The end of an alarm commits with what its object wrote, so that it goes off again if and only if that is lost. Nodes that
     * share the state see the same alarms; each turn begins with a look at the one that is stored, and does nothing when another
     * node has worked on it meanwhile.
     *
     * Retries
     *
     * What the object's code throws counts as a failure, and makes the alarm due again later, in a turn of its own. What the
     * store could not do does not count: the alarm stays as it is, and the next look finds it.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final int MOST_AT_ONCE = 100;
    private static final long BETWEEN_LOOKS_MILLIS = 500;
    private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
    private static final int MOST_RETRIES = 6;
    private static final int JITTER_PARTS = 4 * 255;
    private static final int BYTE = 0xFF;

    private final Turns turns;
    private final Set<ObjectClass> types;
    private final Set<Address> ringing = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("object-alarms").daemon().factory());

    Alarms(Turns turns, Set<ObjectClass> types) {
        this.turns = turns;
        this.types = Set.copyOf(types);
    }

    void start() {
        looks.scheduleWithFixedDelay(this::look, BETWEEN_LOOKS_MILLIS, BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
    }

    void ring() {
        for (var thread : begin()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }

    private void look() {
        try {
            begin();
        } catch (StorageFailure e) {
            LOG.warn("alarms not looked at, which is tried again code={}", e.code());
        } catch (RuntimeException e) {
            LOG.error("alarms not looked at, which is tried again", e);
        }
    }

    private List<Thread> begin() {
        var begun = new ArrayList<Thread>();
        for (var type : types) {
            // Those that ring are still due, and must not keep others from being seen.
            for (var address : turns.store().due(type, turns.clock().instant(), MOST_AT_ONCE + ringing.size())) {
                if (ringing.add(address)) {
                    begun.add(Thread.ofVirtual().name("object-alarm").start(() -> wake(address)));
                }
            }
        }
        return begun;
    }

    private void wake(Address address) {
        try {
            // Where another node has the object, that one sees the alarm, too.
            turns.here(address, this::work, Access.WRITE, Caller.OUTSIDE);
        } catch (StorageFailure e) {
            LOG.warn("alarm not worked on, which is tried again class={} code={}", address.type(), e.code());
        } catch (RuntimeException | Error e) {
            LOG.error("alarm failed class={}", address.type(), e);
            postpone(address);
        } finally {
            ringing.remove(address);
        }
    }

    private ObjectAnswer work(Turn turn) {
        var stored = turn.store().alarm(turn.tenure());
        if (stored.isPresent() && !stored.get().dueAt().isAfter(turns.clock().instant())) {
            turn.alarm().goesOff(stored.get());
            turn.instance()
                    .alarm(new Alarm(stored.get().scheduledAt(), stored.get().retries()), turn);
            turn.alarm().end();
        }
        return ObjectAnswer.EMPTY;
    }

    private void postpone(Address address) {
        try {
            turns.alone(address, this::retryLater);
        } catch (StorageFailure e) {
            LOG.warn("alarm not postponed, so it goes off again at once class={} code={}", address.type(), e.code());
        }
    }

    /** Leaves one alone that was set meanwhile. */
    private ObjectAnswer retryLater(Turn turn) {
        var now = turns.clock().instant();
        var stored =
                turn.store().alarm(turn.tenure()).filter(alarm -> !alarm.dueAt().isAfter(now));
        stored.ifPresent(alarm -> {
            if (alarm.retries() >= MOST_RETRIES) {
                LOG.error("alarm given up class={}", turn.tenure().address().type());
                turn.only(AlarmChange.GOES);
            } else {
                var next = now.plus(delay(alarm.retries()));
                turn.only(new AlarmChange.Becomes(new StoredAlarm(next, alarm.scheduledAt(), alarm.retries() + 1)));
            }
        });
        return ObjectAnswer.EMPTY;
    }

    /** Twice as long each time, and up to a quarter more. */
    private Duration delay(int retries) {
        var plain = FIRST_RETRY.multipliedBy(1L << retries);
        var chance = turns.randomness().bytes(1)[0] & BYTE;
        return plain.plusMillis(plain.toMillis() * chance / JITTER_PARTS);
    }
}
