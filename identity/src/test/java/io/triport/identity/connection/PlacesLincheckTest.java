package io.triport.identity.connection;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** One place and one turn, asked for and given up at once: nobody gets a place that another has, and none is lost. */
public final class PlacesLincheckTest {
    private final Places places = new Places(new EdgeLimits.Work(1, 1, 1, Duration.ofMillis(50)), () -> 0);
    private final Waiting candidate = new Waiting();

    @Operation
    public String asks() {
        return places.ask(candidate).name();
    }

    @Operation
    public boolean withdraws() {
        return places.withdraw(candidate);
    }

    /** Nobody gives back what he does not have. */
    @Operation(nonParallelGroup = "owner")
    public int gives() {
        if (places.taken() > 0) {
            places.abandoned();
        }
        return candidate.heard.get();
    }

    @Operation
    public boolean full() {
        return places.full();
    }

    @Test
    void places_are_linearizable_under_stress() {
        new StressOptions()
                .iterations(10)
                .threads(2)
                .actorsPerThread(3)
                .invocationsPerIteration(200)
                .check(getClass());
    }

    @Test
    void places_are_linearizable_in_every_schedule() {
        new ModelCheckingOptions()
                .iterations(5)
                .threads(2)
                .actorsPerThread(3)
                .invocationsPerIteration(50)
                .check(getClass());
    }

    private static final class Waiting implements Places.Candidate {
        private final AtomicInteger heard = new AtomicInteger();

        @Override
        public void admitted() {
            heard.incrementAndGet();
        }

        @Override
        public void tooLate() {
            heard.addAndGet(100);
        }
    }
}
