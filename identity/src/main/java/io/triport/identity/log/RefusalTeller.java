package io.triport.identity.log;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tells each second what {@link RequestLog} has counted instead of written, and the rest at the end. */
public final class RefusalTeller implements AutoCloseable {
    private final RequestLog log;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("refusals").daemon().factory());

    private RefusalTeller(RequestLog log) {
        this.log = log;
    }

    public static RefusalTeller start(RequestLog log) {
        var teller = new RefusalTeller(log);
        teller.executor.scheduleWithFixedDelay(log::tellCounted, 1, 1, TimeUnit.SECONDS);
        return teller;
    }

    @Override
    public void close() {
        executor.shutdownNow();
        log.tellRest();
    }
}
