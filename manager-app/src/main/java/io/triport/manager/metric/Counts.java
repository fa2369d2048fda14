package io.triport.manager.metric;

import io.triport.domain.cursor.StoragePort;
import io.triport.domain.request.RequestId;
import io.triport.domain.storage.StorageCall;
import io.triport.domain.storage.StorageLog;
import io.triport.identity.log.RequestLog;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the calls of keys in this process since somebody last took the counts. Its lock guards them. Safe for many threads.
 */
public final class Counts implements StorageLog {
    private final ReentrantLock lock = new ReentrantLock();
    private final RequestLog log;
    private final Clock clock;
    private Map<Slot, Tally> unwritten = new HashMap<>();
    private Map<String, Tally> window = new HashMap<>();
    private Instant windowBegan;

    /** @param title of a namespace. @param hour its beginning */
    record Slot(String title, CallType type, Instant hour) {}

    /** What was counted since a moment, by the titles of namespaces. */
    public record Window(Map<String, Tally> byTitle, Instant began, Instant ended) {
        public static final Window NONE = new Window(Map.of(), Instant.EPOCH, Instant.EPOCH);

        public Window {
            byTitle = Map.copyOf(byTitle);
        }

        public Tally all() {
            return byTitle.values().stream().reduce(Tally.NONE, Tally::plus);
        }

        public Tally of(String title) {
            return byTitle.getOrDefault(title, Tally.NONE);
        }
    }

    /** @param log hears of every call too */
    Counts(RequestLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
        this.windowBegan = clock.instant();
    }

    @Override
    public boolean wantsKeys(RequestId request) {
        return log.wantsKeys(request);
    }

    @Override
    public void called(StorageCall call) {
        log.called(call);
        if (call.port() == StoragePort.KEY_VALUE) {
            CallType.of(call.operation()).ifPresent(type -> count(call, type));
        }
    }

    private void count(StorageCall call, CallType type) {
        var one = new Tally(Latencies.of(call.took()), call.result() instanceof StorageCall.Failed ? 1 : 0);
        var slot = new Slot(call.resource(), type, clock.instant().truncatedTo(ChronoUnit.HOURS));
        lock.lock();
        try {
            unwritten.merge(slot, one, Tally::plus);
            window.merge(call.resource(), one, Tally::plus);
        } finally {
            lock.unlock();
        }
    }

    /** What nobody has taken yet. */
    Map<Slot, Tally> take() {
        lock.lock();
        try {
            var taken = unwritten;
            unwritten = new HashMap<>();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Puts back what could not be written. */
    void giveBack(Map<Slot, Tally> taken) {
        lock.lock();
        try {
            taken.forEach((slot, tally) -> unwritten.merge(slot, tally, Tally::plus));
        } finally {
            lock.unlock();
        }
    }

    /** What was counted since this was last asked; for the one who watches. */
    public Window turnWindow() {
        lock.lock();
        try {
            var now = clock.instant();
            var turned = new Window(window, windowBegan, now);
            window = new HashMap<>();
            windowBegan = now;
            return turned;
        } finally {
            lock.unlock();
        }
    }
}
