package io.triport.identity.limit;

import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.LimitAlgorithm;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.SharedRateLimiter;
import java.time.Duration;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** Of one node's charges that lease at once, each finds what the ones before it in some order had left. */
@Param(name = "cost", gen = IntGen.class, conf = "1:3")
public final class LeasingRateLimiterLincheckTest {
    private static final RateLimit LIMIT =
            RateLimit.of(LimitAlgorithm.SLIDING_WINDOW, 4, Duration.ofHours(1), LimitScope.SHARED);

    private final LeasingRateLimiter limiter = new LeasingRateLimiter(
            new Counting(),
            new Presence(null, "node", null),
            () -> 0,
            limit -> 3,
            new LeasingRateLimiter.Asking(Duration.ofMinutes(2), Runnable::run));

    @Operation
    public boolean take(@Param(name = "cost") int cost) {
        return limiter.take(List.of(new Charge("a", LIMIT, cost))) instanceof Admission.Taken;
    }

    @Operation
    public boolean takeBoth(@Param(name = "cost") int cost) {
        return limiter.take(List.of(new Charge("a", LIMIT, 1), new Charge("b", LIMIT, cost)))
                instanceof Admission.Taken;
    }

    @Test
    void leases_are_linearizable_under_stress() {
        new StressOptions()
                .iterations(6)
                .threads(2)
                .actorsPerThread(3)
                .invocationsPerIteration(200)
                .check(getClass());
    }

    @Test
    void leases_are_linearizable_in_every_schedule() {
        new ModelCheckingOptions()
                .iterations(3)
                .threads(2)
                .actorsPerThread(3)
                .invocationsPerIteration(50)
                .check(getClass());
    }

    /** Counts the units of two keys; this object's monitor guards them. */
    private static final class Counting implements SharedRateLimiter {
        private long a;
        private long b;

        @Override
        public synchronized Admission take(List<Charge> charges) {
            var charge = charges.getFirst();
            var first = charge.key().equals("a");
            var left = LIMIT.limit() - (first ? a : b);
            if (charge.cost() > left) {
                return new Admission.Exhausted(0, LIMIT.window(), List.of(standing(left)));
            }
            if (first) {
                a += charge.cost();
            } else {
                b += charge.cost();
            }
            return new Admission.Taken(List.of(standing(left - charge.cost())));
        }

        private static Admission.Standing standing(long left) {
            return new Admission.Standing(LIMIT, left, LIMIT.window());
        }

        @Override
        public int nodes(String node, Duration silence) {
            return 1;
        }
    }
}
