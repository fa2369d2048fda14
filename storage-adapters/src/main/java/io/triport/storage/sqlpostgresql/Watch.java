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

    /** Until it is closed, of the thread that calls. */
    Running over(Line line, Deadline deadline) {
        var running = new Running(line, deadline, Thread.currentThread());
        running.looked = looks.scheduleWithFixedDelay(
                running::look, BETWEEN_MILLIS, BETWEEN_MILLIS, TimeUnit.MILLISECONDS);
        return running;
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

    /** One call. */
    final class Running implements AutoCloseable {
        private final Line line;
        private final Deadline deadline;
        private final Thread caller;
        /** Counted by the one thread that looks. */
        private volatile int stops;
        private volatile boolean over;
        private @Nullable ScheduledFuture<?> looked;

        private Running(Line line, Deadline deadline, Thread caller) {
            this.line = line;
            this.deadline = deadline;
            this.caller = caller;
        }

        /** Whether it was stopped, or nearly; then a cancel may be on its way and the connection must not be used again. */
        boolean stopped() {
            return stops > 0;
        }

        @Override
        public void close() {
            over = true;
            if (looked != null) {
                looked.cancel(false);
            }
        }

        private void look() {
            if (over || !deadline.over() && !caller.isInterrupted()) {
                return;
            }
            var stop = ++stops;
            // Not here, where it would keep the others waiting.
            if (stop == CANCELS) {
                Thread.ofVirtual().start(() -> end(line));
            } else if (stop < CANCELS) {
                Thread.ofVirtual().start(line::cancel);
            }
        }
    }
}
