package io.triport.domain.inference;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Ends the waiting for a model: a thread whose time has come is interrupted, and its caller hears that no answer came. Whoever has
 * this has somebody call {@link #look} again and again. Safe for many threads.
 */
public final class FirstByteDeadline {
    /** Until the first byte of an answer (storage contract, section 9.2), and for each piece behind it. */
    public static final Duration USUAL = Duration.ofSeconds(100);

    private final Duration most;
    private final Ticker ticker;
    private final Set<Wait> waits = ConcurrentHashMap.newKeySet();

    /** @param most more than 0 */
    public FirstByteDeadline(Duration most, Ticker ticker) {
        if (most.isNegative() || most.isZero()) {
            throw new IllegalArgumentException("first byte: " + most + " (expected: more than 0 s)");
        }
        this.most = most;
        this.ticker = ticker;
    }

    /** Ends the waits whose time has come. Waits for none of them. */
    public void look() {
        var now = ticker.nanos();
        waits.forEach(wait -> wait.endIfDue(now, most.toNanos()));
    }

    /** Waits on the calling thread. @throws StorageFailure.Unavailable OUTCOME_UNKNOWN where the time was over before */
    <R> R within(Supplier<R> asked) {
        var wait = new Wait(ticker.nanos());
        waits.add(wait);
        try {
            return asked.get();
        } catch (RuntimeException e) {
            throw wait.finish()
                    ? new StorageFailure.Unavailable(
                            FailureCode.OUTCOME_UNKNOWN, "model: nothing came within " + most, e)
                    : e;
        } finally {
            wait.finish();
            waits.remove(wait);
        }
    }

    /** One thread that waits. The monitor says whether it does: no interrupt of ours comes behind {@link #finish}. */
    private static final class Wait {
        private final Thread thread = Thread.currentThread();
        private final long since;

        // Guarded by this.
        private boolean finished;
        private boolean ended;
        private boolean interruptedBefore;

        private Wait(long since) {
            this.since = since;
        }

        private synchronized void endIfDue(long now, long most) {
            if (!finished && !ended && now - since >= most) {
                ended = true;
                interruptedBefore = thread.isInterrupted();
                thread.interrupt();
            }
        }

        /** Takes our interrupt off the thread, and leaves one of somebody else's. @return whether the wait was ended */
        private synchronized boolean finish() {
            if (ended && !finished) {
                Thread.interrupted();
                if (interruptedBefore) {
                    thread.interrupt();
                }
            }
            finished = true;
            return ended;
        }
    }
}
