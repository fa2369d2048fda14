package io.triport.storage.sqlpostgresql;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks now and then whether calls last too long, or nobody waits for them any more, and stops those. Safe for many threads. */
final class Watch implements AutoCloseable {
    /*
     * The server has a time limit of its own for a statement, but a caller may change that, and may catch what a cancelled
     * statement throws and go on. So it is cancelled from here, and where that is of no use for a while its connection is ended.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final int BETWEEN_MILLIS = 20;
    private static final int CANCELS = 50;
    private static final int SWEEP_SECONDS = 15;

    private final Operator operator;
    private final ScheduledThreadPoolExecutor looks = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("sql-watch").daemon().factory());

    Watch(Operator operator) {
        this.operator = operator;
        looks.setRemoveOnCancelPolicy(true);
    }

    /** Does something every now and then. */
    void regularly(Runnable work) {
        looks.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        LOG.debug("sql connections not looked at", e);
                    }
                },
                SWEEP_SECONDS,
                SWEEP_SECONDS,
                TimeUnit.SECONDS);
    }

    /** Until it is ended, of the thread that calls. */
    Running over(Line line, Deadline deadline) {
        return new Running(line, deadline, Thread.currentThread()).begin();
    }

    /** Ends the server's half too, which may be at work for whoever is gone. */
    void end(Line line) {
        line.cut();
        try {
            operator.end(line.process(), line.room().name());
        } catch (RuntimeException e) {
            LOG.debug("sql connection not ended", e);
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }

    /** One call. Its lock makes sure that it is stopped before its end or not at all. */
    final class Running {
        private final Line line;
        private final Deadline deadline;
        private final Thread caller;
        private int stops;
        private boolean over;
        private @Nullable ScheduledFuture<?> looked;

        private Running(Line line, Deadline deadline, Thread caller) {
            this.line = line;
            this.deadline = deadline;
            this.caller = caller;
        }

        private synchronized Running begin() {
            looked = looks.scheduleWithFixedDelay(this::look, BETWEEN_MILLIS, BETWEEN_MILLIS, TimeUnit.MILLISECONDS);
            return this;
        }

        /** Whether it was stopped; then a cancel may still be on its way, and the connection must not be used again. */
        synchronized boolean end() {
            over = true;
            if (looked != null) {
                looked.cancel(false);
            }
            return stops > 0;
        }

        private synchronized void look() {
            if (over) {
                return;
            }
            if (stops == 0 && line.noisy()) {
                stops = CANCELS;
                Thread.ofVirtual().start(() -> Watch.this.end(line));
            }
            if (!deadline.over() && !caller.isInterrupted()) {
                return;
            }
            stops++;
            // Not here, where it would keep the others waiting.
            if (stops == CANCELS) {
                Thread.ofVirtual().start(() -> Watch.this.end(line));
            } else if (stops < CANCELS) {
                Thread.ofVirtual().start(line::cancel);
            }
        }
    }
}
