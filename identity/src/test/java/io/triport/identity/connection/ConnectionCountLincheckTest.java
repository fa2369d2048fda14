package io.triport.identity.connection;

import io.triport.domain.request.Cidr;
import java.net.InetAddress;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** Connections come, end and leave at once, in an order that the limits could have allowed. */
@Param(name = "visit", gen = IntGen.class, conf = "0:1")
public final class ConnectionCountLincheckTest {
    private static final InetAddress ADDRESS = Cidr.literal("192.0.2.1");
    private static final InetAddress CLIENT = Cidr.literal("192.0.2.2");

    private final ConnectionCount count =
            new ConnectionCount(new EdgeLimits.Connections(2, 1, 1000), new TrustedProxies(List.of()));
    private final List<ConnectionCount.Visit> early = List.of(enter(), enter());

    private ConnectionCount.Visit enter() {
        return count.enter(ADDRESS).orElseThrow();
    }

    @Operation
    public String comes() {
        return count.enter(ADDRESS)
                .map(visit -> visit.within() ? "within" : "beside")
                .orElse("refused");
    }

    @Operation
    public boolean within(@Param(name = "visit") int visit) {
        return early.get(visit).within();
    }

    @Operation
    public void ends(@Param(name = "visit") int visit) {
        early.get(visit).ends();
    }

    @Operation
    public void leaves(@Param(name = "visit") int visit) {
        early.get(visit).left();
    }

    @Operation
    public boolean handedOn(@Param(name = "visit") int visit) {
        return early.get(visit).handedOn(CLIENT);
    }

    @Operation
    public int open() {
        return count.open();
    }

    @Test
    void connections_are_linearizable_under_stress() {
        new StressOptions()
                .iterations(5)
                .threads(2)
                .actorsPerThread(3)
                .invocationsPerIteration(100)
                .check(getClass());
    }

    @Test
    void connections_are_linearizable_in_every_schedule() {
        new ModelCheckingOptions()
                .iterations(5)
                .threads(2)
                .actorsPerThread(3)
                .invocationsPerIteration(50)
                .check(getClass());
    }
}
