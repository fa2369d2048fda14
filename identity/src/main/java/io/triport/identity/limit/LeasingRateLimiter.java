package io.triport.identity.limit;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.LimitAlgorithm;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.SharedRateLimiter;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;

/**
 * Counts local limits on this node, and takes its units of shared ones from their store in small leases, so that most requests
 * ask nobody. All nodes together go beyond a shared limit by at most a twentieth of it for each node but one. Nobody waits
 * longer than 20 ms for the store; while it does not answer, each limit's {@link io.triport.domain.request.StoreLoss} says what
 * happens. Safe for many threads.
 */
public final class LeasingRateLimiter implements BucketHolder {
    /*
     * A request that finds too few leased units starts a question to the store, on a thread of its own, or joins the one that is
     * under way for that bucket, and looks again when it is answered. An answer that comes too late for the request is still
     * good for the next. All or none needs nothing more: what is leased lies in this node's buckets, and the step that takes
     * holds all of them.
     *
     * What a node took without a lease, while the store did not answer, it owes: before it asks for more the store is told, so
     * that the others do not take the same units again.
     */
    private static final Duration PATIENCE = Duration.ofMillis(20);

    private final SharedRateLimiter shared;
    private final Ticker ticker;
    private final Duration patience;
    private final Buckets buckets;
    private final SharedStore store;
    private final AtomicLong uncounted = new AtomicLong();
    private final Executor questions;

    /** @param node the same name each time, different for each node @param most buckets of a limit, 1 or more */
    public LeasingRateLimiter(SharedRateLimiter shared, String node, Ticker ticker, ToIntFunction<RateLimit> most) {
        this(shared, node, ticker, most, PATIENCE);
        store.join();
    }

    LeasingRateLimiter(
            SharedRateLimiter shared, String node, Ticker ticker, ToIntFunction<RateLimit> most, Duration patience) {
        this(shared, node, ticker, most, patience, Executors.newVirtualThreadPerTaskExecutor());
    }

    LeasingRateLimiter(
            SharedRateLimiter shared,
            String node,
            Ticker ticker,
            ToIntFunction<RateLimit> most,
            Duration patience,
            Executor questions) {
        this.shared = shared;
        this.ticker = ticker;
        this.patience = patience;
        this.questions = questions;
        this.buckets = new Buckets(ticker, most, LeasingRateLimiter::maker);
        this.store = new SharedStore(shared, node, ticker);
    }

    @Override
    public Admission take(List<Charge> charges) {
        var begun = ticker.nanos();
        tellPresence();
        var company = store.company();
        while (true) {
            switch (buckets.take(charges, company)) {
                case Buckets.Decided decided -> {
                    return noted(decided.admission(), charges, company);
                }
                case Buckets.Unknowable unknowable -> throw unknown();
                case Buckets.Wanting wanting -> {
                    var left = patience.toNanos() - (ticker.nanos() - begun);
                    var known = store.claim() && answered(wanting.wants(), left);
                    company = known ? store.company() : store.alone();
                }
            }
        }
    }

    @Override
    public Optional<Admission> takeNow(List<Charge> charges) {
        tellPresence();
        var company = store.company();
        var step = buckets.take(charges, company);
        if (step instanceof Buckets.Wanting wanting) {
            if (store.claim()) {
                wanting.wants().forEach(this::question);
                return Optional.empty();
            }
            company = store.alone();
            step = buckets.take(charges, company);
        }
        return switch (step) {
            case Buckets.Decided decided -> Optional.of(noted(decided.admission(), charges, company));
            case Buckets.Unknowable unknowable -> throw unknown();
            case Buckets.Wanting wanting -> throw new IllegalStateException("alone, a bucket wants no lease");
        };
    }

    @Override
    public void keepOnly(Collection<RateLimit> limits) {
        buckets.keepOnly(limits);
    }

    @Override
    public long uncounted() {
        return uncounted.get();
    }

    private void tellPresence() {
        if (store.claimPresence()) {
            questions.execute(store::present);
        }
    }

    private static Bucket.Maker maker(RateLimit limit) {
        return limit.scope() == LimitScope.SHARED ? LeasedBucket.maker(limit) : Bucket.Maker.of(limit);
    }

    private Admission noted(Admission admission, List<Charge> charges, Company company) {
        if (!company.reached() && admission instanceof Admission.Taken) {
            uncounted.addAndGet(
                    charges.stream().filter(SharedStore::passesUncounted).count());
        }
        return admission;
    }

    private static StorageFailure unknown() {
        return new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "limits: their store does not answer");
    }

    /** Whether all buckets have their answer; the store counts as away when one does not come in time. */
    private boolean answered(List<Buckets.Want> wants, long nanos) {
        var running = new ArrayList<CompletableFuture<Void>>();
        wants.forEach(want -> running.add(question(want)));
        try {
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
                    .get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            store.silent(new StorageFailure.Unavailable(FailureCode.OVERLOADED, "limits: no answer in 20 ms", e));
            return false;
        } catch (ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private CompletableFuture<Void> question(Buckets.Want want) {
        var question = new CompletableFuture<Void>();
        synchronized (want.guard()) {
            var underWay = want.bucket().asking();
            if (underWay != null) {
                return underWay;
            }
            // Somebody else's answer may have come since this one was found wanting.
            if (want.bucket().covers(want.charge().cost(), ticker.nanos())) {
                return CompletableFuture.completedFuture(null);
            }
            want.bucket().asking(question);
        }
        questions.execute(() -> ask(want, question));
        return question;
    }

    private void ask(Buckets.Want want, CompletableFuture<Void> question) {
        try {
            settle(want);
            lease(want);
            store.answered();
            ended(want);
            question.complete(null);
        } catch (StorageFailure e) {
            store.silent(e);
            ended(want);
            question.completeExceptionally(e);
        }
    }

    private static void ended(Buckets.Want want) {
        synchronized (want.guard()) {
            want.bucket().asking(null);
        }
    }

    /** Charges what was taken without a lease, or as much of it as there is room for. */
    private void settle(Buckets.Want want) {
        long owed;
        synchronized (want.guard()) {
            owed = want.bucket().owed(ticker.nanos());
        }
        if (owed > 0) {
            var charge = want.charge();
            var answer = shared.take(List.of(new Charge(charge.key(), charge.limit(), owed)));
            var room = answer.standings().getFirst().remaining();
            if (answer instanceof Admission.Exhausted && room > 0) {
                shared.take(List.of(new Charge(charge.key(), charge.limit(), Math.min(owed, room))));
            }
            synchronized (want.guard()) {
                want.bucket().settled(owed);
            }
        }
    }

    /** Asks for a whole lease, else for what is left, and for what is missing alone to learn when that will be there. */
    private void lease(Buckets.Want want) {
        var missing = missing(want);
        var whole = LeasedBucket.lease(want.charge().limit(), missing);
        if (asked(want, whole) instanceof Admission.Exhausted exhausted && whole > missing) {
            asked(want, Math.max(missing, exhausted.standings().getFirst().remaining()));
        }
    }

    private long missing(Buckets.Want want) {
        synchronized (want.guard()) {
            return want.bucket().missing(want.charge().cost(), ticker.nanos());
        }
    }

    private Admission asked(Buckets.Want want, long units) {
        var limit = want.charge().limit();
        var before = ticker.nanos();
        var answer = shared.take(List.of(new Charge(want.charge().key(), limit, units)));
        var standing = answer.standings().getFirst();
        synchronized (want.guard()) {
            var now = ticker.nanos();
            switch (answer) {
                case Admission.Taken taken -> {
                    var lasts = limit.algorithm() == LimitAlgorithm.FIXED ? standing.wholeAfter() : limit.window();
                    want.bucket().granted(units, before + lasts.toNanos(), standing, now);
                }
                case Admission.Exhausted exhausted ->
                    want.bucket().denied(units, now + exhausted.retryAfter().toNanos(), standing, now);
            }
        }
        return answer;
    }
}
