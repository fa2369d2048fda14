package io.triport.identity.limit;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Charge;
import io.triport.domain.request.LimitAlgorithm;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.SharedRateLimiter;
import io.triport.domain.request.StoreLoss;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the shared limits' store answers, and how many nodes it last knew. Safe for many threads. */
final class SharedStore {
    /*
     * While the store is away one caller in a second asks it, so that not every request waits for an answer that does not come.
     * The atomic reference guards whose turn it is, and that a change is logged once.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.request");
    private static final Duration ASK_EVERY = Duration.ofSeconds(1);
    private static final Duration TELL_EVERY = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final RateLimit FIRST =
            RateLimit.of(LimitAlgorithm.SLIDING_WINDOW, 1, Duration.ofSeconds(1), LimitScope.SHARED);

    private final SharedRateLimiter shared;
    private final String node;
    private final Ticker ticker;
    private final AtomicReference<State> state = new AtomicReference<>(new Answers());
    private final AtomicLong tellAt;
    private volatile int nodes = 1;

    /** Whether the store answered when it was asked last. */
    private sealed interface State {}

    private record Answers() implements State {}

    private record Away(long askAt) implements State {}

    SharedStore(SharedRateLimiter shared, String node, Ticker ticker) {
        this.shared = shared;
        this.node = node;
        this.ticker = ticker;
        this.tellAt = new AtomicLong(ticker.nanos());
    }

    static boolean passesUncounted(Charge charge) {
        return charge.limit().scope() == LimitScope.SHARED && charge.limit().storeLoss() == StoreLoss.ALLOW;
    }

    /** With whom a request counts that comes now. */
    Company company() {
        var known = state.get();
        return new Company(known instanceof Answers || (known instanceof Away away && due(away)), nodes);
    }

    Company alone() {
        return new Company(false, nodes);
    }

    void answered() {
        if (state.getAndSet(new Answers()) instanceof Away) {
            LOG.info("limits shared=true");
        }
    }

    void silent(StorageFailure cause) {
        if (state.getAndSet(away()) instanceof Answers) {
            LOG.warn("limits shared=false consequence=\"each node counts by itself\"", cause);
        }
    }

    /**
     * Takes part before anybody asks: the first question of a process is slower than a request waits, and a node that had to
     * count alone should know of the others. A store that does not answer yet is met later.
     */
    void join() {
        try {
            nodes = Math.max(1, shared.nodes(node, SILENCE));
            shared.take(List.of(new Charge(node, FIRST, 1)));
        } catch (StorageFailure e) {
            LOG.debug("limits: their store does not answer yet", e);
        }
    }

    /** Whether it is time to tell the store again that this node takes part, and this caller's turn. */
    boolean claimPresence() {
        var due = tellAt.get();
        var now = ticker.nanos();
        return now - due >= 0 && tellAt.compareAndSet(due, now + TELL_EVERY.toNanos());
    }

    /** A store that does not answer is found out by who needs it. */
    void present() {
        try {
            nodes = Math.max(1, shared.nodes(node, SILENCE));
        } catch (StorageFailure e) {
            LOG.debug("limits: their store does not hear of this node", e);
        }
    }

    /** Whether the store may be asked by who found that he needs it. */
    boolean claim() {
        return switch (state.get()) {
            case Answers answers -> true;
            case Away away -> due(away) && state.compareAndSet(away, away());
        };
    }

    private boolean due(Away away) {
        return ticker.nanos() - away.askAt() >= 0;
    }

    private Away away() {
        return new Away(ticker.nanos() + ASK_EVERY.toNanos());
    }
}
