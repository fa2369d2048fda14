package io.triport.identity.launch;

import io.triport.domain.schedule.Tick;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A schedule on this node, and its run while there is one. Its monitor guards it. */
final class CronRun {
    private static final Duration BETWEEN_HOLDS = Duration.ofSeconds(20);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final Ticker ticker;
    private OnCron cron;
    private @Nullable Thread thread;
    private @Nullable Tick tick;
    private long begunAt;
    private long heldAt;
    private long askedAt;
    /** When the next time comes; null before the ledger was asked. */
    private @Nullable Instant next;

    private boolean stopped;

    CronRun(OnCron cron, Ticker ticker) {
        this.cron = cron;
        this.ticker = ticker;
    }

    synchronized OnCron cron() {
        return cron;
    }

    /** The same schedule as it is now. */
    synchronized void follow(OnCron present) {
        if (!cron.equals(present)) {
            cron = present;
            next = null;
        }
    }

    /** Whether there is a run, which is held if it is time. @param hold false when the run is another's */
    synchronized boolean holding(Predicate<Tick> hold) {
        var running = thread;
        if (tick == null || running == null || !running.isAlive()) {
            return stopped;
        }
        var now = ticker.nanos();
        if (now - begunAt > LONGEST.toNanos()) {
            running.interrupt();
        } else if (now - heldAt >= BETWEEN_HOLDS.toNanos()) {
            if (!hold.test(tick)) {
                running.interrupt();
            }
            heldAt = now;
        }
        return true;
    }

    synchronized boolean worthAsking(Instant now) {
        return next == null || !now.isBefore(next) || ticker.nanos() - askedAt >= BETWEEN_QUESTIONS.toNanos();
    }

    synchronized void asked(Instant now) {
        next = cron.cron().next(now, cron.zone());
        askedAt = ticker.nanos();
    }

    synchronized void begin(Tick claimed, Runnable work) {
        tick = claimed;
        begunAt = ticker.nanos();
        heldAt = begunAt;
        thread = Thread.ofVirtual().name("cron-" + claimed.schedule()).start(work);
    }

    /** Begins no more, and waits for the run; one that does not end in time is interrupted. @return whether it ended in time */
    boolean stop(Duration patience) {
        var running = last();
        try {
            if (running == null || running.join(patience)) {
                return true;
            }
            running.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** Waits for the run without stopping. */
    boolean rest(Duration patience) {
        var running = present();
        try {
            return running == null || running.join(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized @Nullable Thread last() {
        stopped = true;
        return thread;
    }

    private synchronized @Nullable Thread present() {
        return thread;
    }
}
