package io.triport.identity.connection;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.triport.domain.time.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The deadlines of one connection behind one timer. Confined to the event loop of the connection. */
final class Deadlines {
    /*
     * Cost
     *
     * A deadline moves with almost every read and write, mostly to a later time. The timer is then left as it is: when it
     * goes off too early it looks again and is set anew. A busy connection so touches the timer queue once per longest
     * deadline and not twice per request.
     */
    private static final long NEVER = Long.MAX_VALUE;

    private final EventExecutor executor;
    private final Ticker ticker;
    private final Consumer<Kind> late;
    private final long origin;
    private final long[] due = {NEVER, NEVER};
    private long timerAt = NEVER;
    private @Nullable Future<?> timer;

    Deadlines(EventExecutor executor, Ticker ticker, Consumer<Kind> late) {
        this.executor = executor;
        this.ticker = ticker;
        this.late = late;
        this.origin = ticker.nanos();
    }

    /** Nanoseconds since the connection was opened. */
    long now() {
        return ticker.nanos() - origin;
    }

    void set(Kind kind, long at) {
        due[kind.ordinal()] = at;
        if (at < timerAt) {
            startTimer(at);
        }
    }

    void clear(Kind kind) {
        due[kind.ordinal()] = NEVER;
    }

    void cancel() {
        due[0] = NEVER;
        due[1] = NEVER;
        stopTimer();
    }

    private void startTimer(long at) {
        stopTimer();
        timerAt = at;
        timer = executor.schedule(this::look, Math.max(0, at - now()), TimeUnit.NANOSECONDS);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
        timer = null;
        timerAt = NEVER;
    }

    private void look() {
        timer = null;
        timerAt = NEVER;
        var now = now();
        for (var kind : Kind.values()) {
            if (due[kind.ordinal()] <= now) {
                due[kind.ordinal()] = NEVER;
                late.accept(kind);
            }
        }
        var next = Math.min(due[0], due[1]);
        if (next < timerAt) {
            startTimer(next);
        }
    }

    /** What is waited for: bytes from the client, or the client taking ours. */
    enum Kind {
        INCOMING,
        OUTGOING
    }
}
