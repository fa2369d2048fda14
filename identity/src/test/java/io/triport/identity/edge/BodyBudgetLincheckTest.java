package io.triport.identity.edge;

import io.triport.domain.request.ByteSize;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** Shares are taken and given back at once, and never are more out than there is. */
@Param(name = "bytes", gen = IntGen.class, conf = "1:4")
public final class BodyBudgetLincheckTest {
    private final BodyBudget budget = new BodyBudget(ByteSize.ofBytes(5));
    private final BodyBudget.Share early = budget.reserve(ByteSize.ofBytes(2)).orElseThrow();

    @Operation
    public boolean reserves(@Param(name = "bytes") int bytes) {
        return budget.reserve(ByteSize.ofBytes(bytes)).isPresent();
    }

    @Operation
    public void givesBack() {
        early.close();
    }

    @Operation
    public long reserved() {
        return budget.reserved().bytes();
    }

    @Test
    void shares_are_linearizable_under_stress() {
        new StressOptions()
                .iterations(10)
                .threads(2)
                .actorsPerThread(3)
                .invocationsPerIteration(200)
                .check(getClass());
    }

    @Test
    void shares_are_linearizable_in_every_schedule() {
        new ModelCheckingOptions()
                .iterations(5)
                .threads(2)
                .actorsPerThread(3)
                .invocationsPerIteration(50)
                .check(getClass());
    }
}
