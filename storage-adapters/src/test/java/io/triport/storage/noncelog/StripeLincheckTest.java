package io.triport.storage.noncelog;

import java.time.Instant;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** A mark belongs to one stripe, so that what is atomic there is atomic for the ledger. */
@Param(name = "mark", gen = IntGen.class, conf = "0:2")
public final class StripeLincheckTest {
    private static final Moment NOW = new Moment(Instant.parse("2026-01-01T00:00:00Z"), 0);
    private static final Keep KEEP = NOW.keepUntil(NOW.wall().plus(LogBench.MEMORY));
    private static final Moment LATER = new Moment(NOW.wall().plus(LogBench.MEMORY), LogBench.MEMORY.toNanos());

    private final Stripe stripe = new Stripe(LogBench.MEMORY.toNanos(), 7);

    @Operation
    public boolean spend(@Param(name = "mark") int mark) {
        return stripe.spend(new Mark(mark, mark), KEEP, NOW);
    }

    @Operation
    public long forget() {
        return stripe.forget(LATER);
    }

    @Test
    void claims_are_linearizable_under_stress() {
        new StressOptions().iterations(10).invocationsPerIteration(200).check(getClass());
    }

    @Test
    void claims_are_linearizable_in_every_schedule() {
        new ModelCheckingOptions().iterations(10).invocationsPerIteration(100).check(getClass());
    }
}
