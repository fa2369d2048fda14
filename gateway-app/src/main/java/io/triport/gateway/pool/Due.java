package io.triport.gateway.pool;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.triport.domain.time.Ticker;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one deadline of a connection or a stream. Confined to an event loop. */
final class Due {
    /*
     * What is waited for changes with every read and write, mostly to a later time. The timer is left as it is then, and
     * looks again when it goes off too early; see Deadlines of the client's side.
     */
    private static final long NEVER = Long.MAX_VALUE;

    private final EventExecutor executor;
    private final Ticker ticker;
    private final Runnable late;
    private @Nullable Future<?> timer;
    private long timerAt = NEVER;
    private long due = NEVER;

    Due(EventExecutor executor, Ticker ticker, Runnable late) {
        this.executor = executor;
        this.ticker = ticker;
        this.late = late;
    }

    /** @param at of the ticker */
    void set(long at) {
        due = at;
        if (at < timerAt) {
            stop();
            timerAt = at;
            timer = executor.schedule(this::look, Math.max(0, at - ticker.nanos()), TimeUnit.NANOSECONDS);
        }
    }

    void clear() {
        due = NEVER;
    }

    /** Sets no timer any more until {@link #set}. */
    void stop() {
        if (timer != null) {
            timer.cancel(false);
        }
        timer = null;
        timerAt = NEVER;
    }

    private void look() {
        timer = null;
        timerAt = NEVER;
        if (due == NEVER) {
            return;
        }
        if (due - ticker.nanos() > 0) {
            set(due);
            return;
        }
        due = NEVER;
        late.run();
    }
}
