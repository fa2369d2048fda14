package io.triport.identity.limit;

import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.LimitAlgorithm;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimit;
import java.time.Duration;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** Whatever happens at once has an order in which every charge found what the ones before it had left. */
@Param(name = "cost", gen = IntGen.class, conf = "1:3")
public final class LocalRateLimiterLincheckTest {
    private static final RateLimit LIMIT = new RateLimit(1, Duration.ofDays(1), 4, LimitScope.LOCAL);

    private static final RateLimit WINDOW =
            RateLimit.of(LimitAlgorithm.SLIDING_WINDOW, 4, Duration.ofHours(1), LimitScope.LOCAL);

    private final LocalRateLimiter limiter = new LocalRateLimiter(() -> 0, limit -> 3);

    @Operation
    public long takeOne(@Param(name = "cost") int cost) {
        return take(new Charge("a", LIMIT, cost));
    }

    @Operation
    public long takeBoth(@Param(name = "cost") int cost) {
        return take(new Charge("a", LIMIT, cost), new Charge("b", LIMIT, 1));
    }

    @Operation
    public long takeOfWindow(@Param(name = "cost") int cost) {
        return take(new Charge("b", LIMIT, 1), new Charge("w", WINDOW, cost));
    }

    @Operation
    public long takeOther(@Param(name = "cost") int cost) {
        return take(new Charge("b", LIMIT, cost));
    }

    @Test
    void charges_are_linearizable_under_stress() {
        new StressOptions()
                .iterations(10)
                .threads(2)
                .actorsPerThread(3)
                .invocationsPerIteration(200)
                .check(getClass());
    }

    @Test
    void charges_are_linearizable_in_every_schedule() {
        new ModelCheckingOptions()
                .iterations(5)
                .threads(2)
                .actorsPerThread(3)
                .invocationsPerIteration(50)
                .check(getClass());
    }

    private long take(Charge... charges) {
        return limiter.take(List.of(charges)) instanceof Admission.Taken taken ? taken.remaining() : -1;
    }
}
