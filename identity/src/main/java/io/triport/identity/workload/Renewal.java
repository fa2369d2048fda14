package io.triport.identity.workload;

import io.triport.domain.identity.WorkloadCredential;
import io.triport.domain.identity.WorkloadCredentials.Answer;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One credential of ours, kept fresh. Safe for many threads. */
final class Renewal {
    /*
     * When it is renewed is a matter of RenewalRules; a life shorter than that time ahead is renewed from its half. Whoever asks
     * starts the renewal, and `tend` does when nobody asks.
     *
     * Who waits. Nobody who gets a credential whose end is not `near`. Nearer to its end, and when there is none, the call waits
     * for the renewal under way, for at most `patience`; then it takes what still holds.
     *
     * Concurrency. The lock guards the fields below it and is never held while waiting or exchanging.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.identity");

    /** How a renewal keeps time, what runs it, and who is told how an exchange ended. */
    record Means(
            Clock clock,
            Ticker ticker,
            Randomness randomness,
            Executor executor,
            RenewalRules rules,
            Consumer<ExchangeOutcome> told) {}

    private final String name;
    private final Supplier<WorkloadCredential> exchange;
    private final Means means;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by lock.
    private Held held = new Held.Nothing();
    private @Nullable CompletableFuture<Void> flight;
    private int failures;
    private String failure = "";
    private long pauseUntil;

    private sealed interface Held {
        record Nothing() implements Held {}

        record Credential(WorkloadCredential credential, Instant renewFrom) implements Held {}
    }

    /** @param name for the log. @param exchange gets a new one, or throws {@link ExchangeFailed} */
    Renewal(String name, Supplier<WorkloadCredential> exchange, Means means) {
        this.name = name;
        this.exchange = exchange;
        this.means = means;
        this.pauseUntil = means.ticker().nanos();
    }

    Answer answer() {
        CompletableFuture<Void> waitedFor;
        lock.lock();
        try {
            tend();
            if (held instanceof Held.Credential(var credential, var from) && (flight == null || !near(credential))) {
                return new Answer.Held(credential);
            }
            if (flight == null) {
                return new Answer.Unavailable(pause(), failure);
            }
            waitedFor = flight;
        } finally {
            lock.unlock();
        }
        await(waitedFor);
        return whatHolds();
    }

    /** Forgets what has ended, and starts a renewal that is due. */
    void tend() {
        lock.lock();
        try {
            if (held instanceof Held.Credential(var credential, var from)) {
                var now = means.clock().instant();
                if (!now.isBefore(credential.expiresAt())) {
                    held = new Held.Nothing();
                } else if (now.isBefore(from)) {
                    return;
                }
            }
            if (flight == null && means.ticker().nanos() - pauseUntil >= 0) {
                start();
            }
        } finally {
            lock.unlock();
        }
    }

    private void start() {
        var started = new CompletableFuture<Void>();
        flight = started;
        try {
            means.executor().execute(() -> fly(started));
        } catch (RejectedExecutionException e) {
            land(started);
        }
    }

    private void fly(CompletableFuture<Void> started) {
        try {
            adopt(exchange.get());
            means.told().accept(ExchangeOutcome.EXCHANGED);
        } catch (ExchangeFailed e) {
            LOG.warn("exchange failed target={} reason=\"{}\"", name, e.getMessage());
            fail(e.code());
            means.told().accept(e.code().isEmpty() ? ExchangeOutcome.UNREACHABLE : ExchangeOutcome.REFUSED);
        } catch (RuntimeException e) {
            LOG.error("exchange failed target={}", name, e);
            fail("");
            means.told().accept(ExchangeOutcome.UNREACHABLE);
        } finally {
            land(started);
        }
    }

    private void land(CompletableFuture<Void> started) {
        lock.lock();
        try {
            flight = null;
        } finally {
            lock.unlock();
        }
        started.complete(null);
    }

    private void adopt(WorkloadCredential credential) {
        lock.lock();
        try {
            held = new Held.Credential(credential, renewFrom(credential));
            failures = 0;
            failure = "";
        } finally {
            lock.unlock();
        }
    }

    private void fail(String code) {
        lock.lock();
        try {
            var rules = means.rules();
            var pause = rules.firstPause().multipliedBy(1L << Math.min(failures, 6));
            var most = pause.compareTo(rules.longestPause()) < 0 ? pause : rules.longestPause();
            // Between half of it and all.
            var nanos = most.toNanos() - (long) (most.toNanos() / 2.0 * chance());
            pauseUntil =
                    means.ticker().nanos() + Math.max(nanos, rules.firstPause().toNanos());
            failures++;
            failure = code;
        } finally {
            lock.unlock();
        }
    }

    private Instant renewFrom(WorkloadCredential credential) {
        var life = Duration.between(means.clock().instant(), credential.expiresAt());
        var ahead = means.rules().ahead(life, chance());
        var half = life.dividedBy(2);
        return credential.expiresAt().minus(ahead.compareTo(half) < 0 ? ahead : half);
    }

    private boolean near(WorkloadCredential credential) {
        return credential
                .expiresAt()
                .minus(means.rules().near())
                .isBefore(means.clock().instant());
    }

    private void await(CompletableFuture<Void> waitedFor) {
        try {
            waitedFor.get(means.rules().patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // The renewal goes on; this caller takes what there is.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a renewal ends without a result", e);
        }
    }

    private Answer whatHolds() {
        lock.lock();
        try {
            return held instanceof Held.Credential(var credential, var from)
                            && means.clock().instant().isBefore(credential.expiresAt())
                    ? new Answer.Held(credential)
                    : new Answer.Unavailable(pause(), failure);
        } finally {
            lock.unlock();
        }
    }

    private Duration pause() {
        var left = Duration.ofNanos(pauseUntil - means.ticker().nanos());
        var least = means.rules().leastWait();
        return left.compareTo(least) < 0 ? least : left;
    }

    /** 0 to 1. */
    private double chance() {
        return (means.randomness().bytes(1)[0] & 0xFF) / 255.0;
    }
}
