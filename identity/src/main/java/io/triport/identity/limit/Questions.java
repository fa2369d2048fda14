package io.triport.identity.limit;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.SharedRateLimiter;
import io.triport.domain.time.Ticker;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Asks the store of shared limits for leases, of each bucket one question at a time. Safe for many threads. */
final class Questions {
    private final SharedRateLimiter shared;
    private final SharedStore store;
    private final Ticker ticker;
    private final Executor threads;

    Questions(SharedRateLimiter shared, SharedStore store, Ticker ticker, Executor threads) {
        this.shared = shared;
        this.store = store;
        this.ticker = ticker;
        this.threads = threads;
    }

    /** Begins a question, or joins the one that is under way. It ends with the failure of the store if there was one. */
    CompletableFuture<Void> ask(Buckets.Want want) {
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
        threads.execute(() -> carryOut(want, question));
        return question;
    }

    private void carryOut(Buckets.Want want, CompletableFuture<Void> question) {
        try {
            settle(want);
            lease(want);
            ended(want);
            question.complete(null);
        } catch (StorageFailure e) {
            store.away(e);
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
            var paid = paid(want, owed);
            synchronized (want.guard()) {
                want.bucket().settled(paid, owed - paid);
            }
        }
    }

    private long paid(Buckets.Want want, long owed) {
        var answer = told(want, owed);
        if (answer instanceof Admission.Taken) {
            return owed;
        }
        var room = Math.min(owed, answer.standings().getFirst().remaining());
        return room > 0 && told(want, room) instanceof Admission.Taken ? room : 0;
    }

    /** Asks for what all need who wait, else for what is left, and for what one needs alone to learn when that will be there. */
    private void lease(Buckets.Want want) {
        var limit = want.charge().limit();
        long all;
        long least;
        synchronized (want.guard()) {
            var now = ticker.nanos();
            all = want.bucket().missing(want.charge().cost(), now);
            least = want.bucket().least(want.charge().cost(), now);
        }
        var whole = Math.min(limit.burst(), Math.max(all, LeasedBucket.ahead(limit) + 1));
        if (leased(want, whole) instanceof Admission.Exhausted exhausted && whole > least) {
            leased(want, Math.max(least, exhausted.standings().getFirst().remaining()));
        }
    }

    private Admission leased(Buckets.Want want, long units) {
        var charge = want.charge();
        var before = ticker.nanos();
        var answer = told(want, units);
        var standing = answer.standings().getFirst();
        synchronized (want.guard()) {
            var now = ticker.nanos();
            switch (answer) {
                case Admission.Taken taken ->
                    want.bucket()
                            .granted(
                                    Lease.Grant.of(charge.limit(), units, standing, before)
                                            .keeping(charge.cost()),
                                    standing,
                                    now);
                case Admission.Exhausted exhausted ->
                    want.bucket().denied(units, now + exhausted.retryAfter().toNanos(), standing, now);
            }
        }
        return answer;
    }

    private Admission told(Buckets.Want want, long units) {
        var charge = want.charge();
        var answer = shared.take(List.of(new Charge(charge.key(), charge.limit(), units)));
        store.answered();
        return answer;
    }
}
