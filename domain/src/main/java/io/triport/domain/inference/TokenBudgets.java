package io.triport.domain.inference;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the tokens that each caller uses, in the memory of this node: it begins anew with the process, and each node counts by
 * itself. Safe for many threads: of any number of calls at once no more begin than the budget has room for.
 */
public final class TokenBudgets {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long DAY = Duration.ofDays(1).toNanos();
    private static final int MANY = 10_000;

    private final TokenBudget budget;
    private final Ticker ticker;
    /** Changed within {@link Map#compute} only, which lets one thread at a time to each. */
    private final Map<Spender, Ledger> ledgers = new ConcurrentHashMap<>();

    private final AtomicLong swept;

    /** @param budget of each caller */
    public TokenBudgets(TokenBudget budget, Ticker ticker) {
        this.budget = budget;
        this.ticker = ticker;
        this.swept = new AtomicLong(ticker.nanos());
    }

    private record Ledger(SpentTokens minute, SpentTokens day) {}

    /** Tokens that were taken for a call. */
    final class Charge {
        private final Spender spender;
        private final long tokens;
        private final long minute;
        private final long day;
        private final AtomicBoolean settled = new AtomicBoolean();

        private Charge(Spender spender, long tokens, long minute, long day) {
            this.spender = spender;
            this.tokens = tokens;
            this.minute = minute;
            this.day = day;
        }

        /** What the call has used, at last: the first word holds. @return whether this was it */
        boolean settle(long used) {
            if (!settled.compareAndSet(false, true)) {
                return false;
            }
            ledgers.computeIfPresent(spender, (whose, ledger) -> {
                ledger.minute.correct(minute, used - tokens);
                ledger.day.correct(day, used - tokens);
                return ledger;
            });
            return true;
        }

        /** The call has used nothing. */
        void refund() {
            settle(0);
        }
    }

    /** @throws StorageFailure.LimitExceeded THROTTLED with the time until there is room; TOO_LARGE where there never is */
    Charge charge(Spender spender, long tokens) {
        if (tokens > Math.min(budget.perMinute(), budget.perDay())) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.TOO_LARGE,
                    "budget: " + tokens + " tokens at once (expected: at most "
                            + Math.min(budget.perMinute(), budget.perDay()) + ")");
        }
        var now = ticker.nanos();
        sweep(now);
        var taken = new Charge[1];
        var wait = new long[1];
        ledgers.compute(spender, (whose, known) -> {
            var ledger = known == null
                    ? new Ledger(new SpentTokens(budget.perMinute(), MINUTE), new SpentTokens(budget.perDay(), DAY))
                    : known;
            wait[0] = Math.max(ledger.minute.wait(tokens, now), ledger.day.wait(tokens, now));
            if (wait[0] == 0) {
                taken[0] = new Charge(spender, tokens, ledger.minute.spend(tokens, now), ledger.day.spend(tokens, now));
            }
            return ledger;
        });
        if (wait[0] > 0) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.THROTTLED, "budget: has no " + tokens + " tokens now", Duration.ofNanos(wait[0]));
        }
        return taken[0];
    }

    /** Forgets who has spent nothing for a day, now and then, when there are many. */
    private void sweep(long now) {
        var last = swept.get();
        if (ledgers.size() > MANY && now - last >= MINUTE && swept.compareAndSet(last, now)) {
            for (var spender : ledgers.keySet()) {
                ledgers.computeIfPresent(spender, (whose, ledger) -> ledger.day.idle(now) ? null : ledger);
            }
        }
    }
}
