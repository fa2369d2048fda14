package io.triport.identity.limit;

import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimiter;
import io.triport.domain.storage.StorageFailure;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts shared limits where all nodes do, and in this node's own buckets while the shared ones do not answer. Safe for many
 * threads.
 */
public final class FailingOverRateLimiter implements RateLimiter {
    /*
     * All or none. The node's own buckets are taken from first, since they can be given back when the shared ones refuse. Another
     * caller may meanwhile find too little; none ever finds too much.
     *
     * While the shared limits are away one caller in a second asks them, so that not every request waits for an answer that does
     * not come. The atomic reference guards whose turn it is, and that a change is logged once.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.request");
    private static final Duration ASK_EVERY = Duration.ofSeconds(1);

    private final RateLimiter shared;
    private final LocalRateLimiter local;
    private final Ticker ticker;
    private final AtomicReference<State> state = new AtomicReference<>(new Answers());

    public FailingOverRateLimiter(RateLimiter shared, LocalRateLimiter local, Ticker ticker) {
        this.shared = shared;
        this.local = local;
        this.ticker = ticker;
    }

    @Override
    public Admission take(List<Charge> charges) {
        var ofAll = charges.stream()
                .filter(charge -> charge.limit().scope() == LimitScope.SHARED)
                .toList();
        if (ofAll.isEmpty() || !mayAsk()) {
            return local.take(charges);
        }
        var ofNode = new ArrayList<>(charges);
        ofNode.removeAll(ofAll);
        if (ofNode.isEmpty()) {
            return ask(ofAll).orElseGet(() -> local.take(charges));
        }
        return switch (local.take(ofNode)) {
            case Admission.Exhausted exhausted -> exhausted;
            case Admission.Taken own ->
                ask(ofAll).map(answer -> together(own, answer, ofNode)).orElseGet(() -> {
                    local.giveBack(ofNode);
                    return local.take(charges);
                });
        };
    }

    private Admission together(Admission.Taken own, Admission answer, List<Charge> ofNode) {
        return switch (answer) {
            case Admission.Taken taken -> new Admission.Taken(Math.min(own.remaining(), taken.remaining()));
            case Admission.Exhausted exhausted -> {
                local.giveBack(ofNode);
                yield exhausted;
            }
        };
    }

    /** Empty when there was no answer. */
    private Optional<Admission> ask(List<Charge> charges) {
        try {
            var answer = shared.take(charges);
            if (state.getAndSet(new Answers()) instanceof Away) {
                LOG.info("limits shared=true");
            }
            return Optional.of(answer);
        } catch (StorageFailure e) {
            if (state.getAndSet(new Away(ticker.nanos() + ASK_EVERY.toNanos())) instanceof Answers) {
                LOG.warn("limits shared=false consequence=\"each node counts by itself\"", e);
            }
            return Optional.empty();
        }
    }

    private boolean mayAsk() {
        return switch (state.get()) {
            case Answers answers -> true;
            case Away away -> {
                var now = ticker.nanos();
                yield now - away.askAt() >= 0 && state.compareAndSet(away, new Away(now + ASK_EVERY.toNanos()));
            }
        };
    }

    /** Whether the shared limits answered when they were asked last. */
    private sealed interface State {}

    private record Answers() implements State {}

    private record Away(long askAt) implements State {}
}
