package io.triport.gateway.upstream;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Whatever is said at once of requests and of probes has an order in which the breaker was what each caller found. One breaker
 * is closed and the other half-open with two probes under way.
 */
@Param(name = "passage", gen = IntGen.class, conf = "0:2")
public final class BreakerLincheckTest {
    private static final BreakerSettings SETTINGS =
            new BreakerSettings(2, Duration.ofSeconds(30), 2, 1, Duration.ofMillis(10), 3, 2);

    private long now;
    private final Breaker closed = new Breaker(SETTINGS, () -> 0, change -> {});
    private final Breaker halfOpen = new Breaker(SETTINGS, () -> now, change -> {});
    private final List<Breaker.Passage> requests;
    private final List<Breaker.Passage> probes;

    public BreakerLincheckTest() {
        requests = passages(closed, 3);
        passages(halfOpen, 2).forEach(Breaker.Passage::failed);
        now += SETTINGS.open().toNanos();
        probes = passages(halfOpen, 2);
    }

    @Operation
    public void requestFailed(@Param(name = "passage") int passage) {
        requests.get(passage).failed();
    }

    @Operation
    public void requestSucceeded(@Param(name = "passage") int passage) {
        requests.get(passage).succeeded();
    }

    @Operation
    public Breaker.State closedState() {
        return closed.state();
    }

    @Operation
    public void probeFailed(@Param(name = "passage") int passage) {
        probes.get(passage % 2).failed();
    }

    @Operation
    public void probeSucceeded(@Param(name = "passage") int passage) {
        probes.get(passage % 2).succeeded();
    }

    @Operation
    public boolean probe() {
        return halfOpen.enter().isPresent();
    }

    @Operation
    public Breaker.State halfOpenState() {
        return halfOpen.state();
    }

    @Test
    void endings_are_linearizable_under_stress() {
        new StressOptions()
                .iterations(20)
                .threads(2)
                .actorsPerThread(3)
                .invocationsPerIteration(200)
                .check(getClass());
    }

    @Test
    void endings_are_linearizable_in_every_schedule() {
        new ModelCheckingOptions()
                .iterations(10)
                .threads(2)
                .actorsPerThread(3)
                .invocationsPerIteration(50)
                .check(getClass());
    }

    private static List<Breaker.Passage> passages(Breaker breaker, int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> breaker.enter().orElseThrow())
                .toList();
    }
}
