package io.triport.identity.limit;

import io.triport.domain.request.Charge;
import io.triport.domain.request.LimitAlgorithm;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.SharedRateLimiter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This process among those that share limits: tells their store that it takes part, and knows how many do. Safe for many threads. */
public final class Presence implements AutoCloseable {
    /*
     * It is told by the clock and not by requests: two nodes that were idle may get their first ones at the same moment, and neither
     * should think then that it is the only one.
     */
    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
    private static final Duration TELL_EVERY = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final RateLimit FIRST =
            RateLimit.of(LimitAlgorithm.SLIDING_WINDOW, 1, Duration.ofSeconds(1), LimitScope.SHARED);

    private final @Nullable SharedRateLimiter shared;
    private final String node;
    private final @Nullable ScheduledExecutorService executor;
    private volatile int nodes = 1;

    /** Told by nobody but who calls {@link #tell}. */
    Presence(@Nullable SharedRateLimiter shared, String node, @Nullable ScheduledExecutorService executor) {
        this.shared = shared;
        this.node = node;
        this.executor = executor;
    }

    /**
     * Takes part before anybody asks: the first question of a process is slower than a request waits, and a node that had to
     * count alone should know of the others. A store that does not answer yet is met later.
     *
     * @param shared null where there is one node only
     * @param node the same name each time, different for each process
     */
    public static Presence begin(@Nullable SharedRateLimiter shared, String node) {
        if (shared == null) {
            return new Presence(null, node, null);
        }
        var executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("limits").daemon().factory());
        var presence = new Presence(shared, node, executor);
        presence.tell();
        presence.warm(shared);
        executor.scheduleWithFixedDelay(
                presence::tell, TELL_EVERY.toMillis(), TELL_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return presence;
    }

    /** Processes that take part, this one included. */
    int nodes() {
        return nodes;
    }

    /** A store that does not answer is found out by who needs it. */
    void tell() {
        if (shared == null) {
            return;
        }
        try {
            nodes = Math.max(1, shared.nodes(node, SILENCE));
        } catch (RuntimeException e) {
            // Whatever it was, the clock must tell again.
            LOG.debug("limits: their store does not hear of this node", e);
        }
    }

    private void warm(SharedRateLimiter limiter) {
        try {
            limiter.take(List.of(new Charge(node, FIRST, 1)));
        } catch (RuntimeException e) {
            LOG.debug("limits: their store does not answer yet", e);
        }
    }

    @Override
    public void close() {
        if (executor != null) {
            executor.shutdownNow();
        }
    }
}
