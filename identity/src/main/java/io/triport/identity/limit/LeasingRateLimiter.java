package io.triport.identity.limit;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
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
 * longer than 20 ms for the store. While an answer is late, a node takes hardly more than it has leased; once the store is away,
 * each limit's {@link io.triport.domain.request.StoreLoss} says what happens. Safe for many threads.
 */
public final class LeasingRateLimiter implements BucketHolder {
    /*
     * A request that finds too few leased units starts a question to the store, on a thread of its own, or joins the one that is
     * under way for that bucket, and looks again when it is answered. The next question is for all that wait by then: of many at
     * once all that there is room for shall be in time. An answer that comes too late for the request is still good for the next.
     * All or none needs nothing more: what is leased lies in this node's buckets, and the step that takes holds all of them.
     *
     * What a node took without a lease, while the store did not answer, it owes: before it asks for more the store is told, so
     * that the others do not take the same units again.
     */
    private static final Duration PATIENCE = Duration.ofMillis(20);

    private final Ticker ticker;
    private final Duration patience;
    private final Buckets buckets;
    private final SharedStore store;
    private final Questions questions;
    private final AtomicLong uncounted = new AtomicLong();

    /** @param most buckets of a limit, 1 or more */
    public LeasingRateLimiter(
            SharedRateLimiter shared, Presence presence, Ticker ticker, ToIntFunction<RateLimit> most) {
        this(shared, presence, ticker, most, new Asking(PATIENCE, Executors.newVirtualThreadPerTaskExecutor()));
    }

    LeasingRateLimiter(
            SharedRateLimiter shared, Presence presence, Ticker ticker, ToIntFunction<RateLimit> most, Asking asking) {
        this.ticker = ticker;
        this.patience = asking.patience();
        this.buckets = new Buckets(ticker, most, LeasingRateLimiter::maker);
        this.store = new SharedStore(presence, ticker);
        this.questions = new Questions(shared, store, ticker, asking.threads());
    }

    /** How the store is asked. @param patience of a request, in time that passes @param threads of questions, which may wait */
    record Asking(Duration patience, Executor threads) {}

    @Override
    public Admission take(List<Charge> charges) {
        var begun = ticker.nanos();
        var company = store.company();
        try (var waiting = new Waiting()) {
            while (true) {
                switch (buckets.take(charges, company)) {
                    case Buckets.Decided decided -> {
                        return noted(decided.admission(), charges, company);
                    }
                    case Buckets.Unknowable unknowable -> throw unknown();
                    case Buckets.Wanting wanting -> {
                        company = switch (store.turn()) {
                            case WAIT -> {
                                waiting.add(wanting.wants());
                                var left = patience.toNanos() - (ticker.nanos() - begun);
                                yield answered(wanting.wants(), left, company);
                            }
                            case ASK -> asked(wanting.wants(), company);
                            case NONE -> company.away();
                        };
                    }
                }
            }
        }
    }

    @Override
    public Optional<Admission> takeNow(List<Charge> charges) {
        var company = store.company();
        var step = buckets.take(charges, company);
        if (step instanceof Buckets.Wanting wanting) {
            switch (store.turn()) {
                case WAIT -> {
                    wanting.wants().forEach(questions::ask);
                    return Optional.empty();
                }
                case ASK -> company = asked(wanting.wants(), company);
                case NONE -> company = company.away();
            }
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

    private static Bucket.Maker maker(RateLimit limit) {
        return limit.scope() == LimitScope.SHARED ? LeasedBucket.maker(limit) : Bucket.Maker.of(limit);
    }

    private Admission noted(Admission admission, List<Charge> charges, Company company) {
        if (company.store() != Company.Store.ANSWERS && admission instanceof Admission.Taken) {
            uncounted.addAndGet(
                    charges.stream().filter(LeasedBucket::passesUncounted).count());
        }
        return admission;
    }

    private static StorageFailure unknown() {
        return new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "limits: their store does not answer");
    }

    private Company asked(List<Buckets.Want> wants, Company company) {
        wants.forEach(questions::ask);
        return company.late();
    }

    /** With whom a request counts that waits for all answers, for so long. */
    private Company answered(List<Buckets.Want> wants, long nanos, Company company) {
        var running = new ArrayList<CompletableFuture<Void>>();
        wants.forEach(want -> running.add(questions.ask(want)));
        try {
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
                    .get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            return store.company();
        } catch (TimeoutException e) {
            return store.late(company);
        } catch (ExecutionException e) {
            return company.away();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return company.away();
        }
    }

    /** What one request waits for, until it is decided: the units are then its own or nobody's. */
    private static final class Waiting implements AutoCloseable {
        private final List<Buckets.Want> wants = new ArrayList<>(0);

        private void add(List<Buckets.Want> more) {
            for (var want : more) {
                if (wants.stream().noneMatch(known -> known.bucket() == want.bucket())) {
                    waits(want, want.charge().cost());
                    wants.add(want);
                }
            }
        }

        private static void waits(Buckets.Want want, long units) {
            synchronized (want.guard()) {
                want.bucket().awaited(units);
            }
        }

        @Override
        public void close() {
            wants.forEach(want -> waits(want, -want.charge().cost()));
        }
    }
}
