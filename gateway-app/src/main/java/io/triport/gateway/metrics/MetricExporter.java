package io.triport.gateway.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.triport.gateway.config.MetricSettings;
import io.triport.identity.otlp.Collector;
import io.triport.identity.otlp.Teller;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a collector of the metrics now and then, and a last time at the end. What it does not take is not kept: the next page says
 * what all of it has come to.
 */
public final class MetricExporter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MetricExporter.class);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("metrics").daemon().factory());
    private final MeterRegistry registry;
    private final Clock clock;
    private final Collector collector;
    private final MetricPage page;

    MetricExporter(MetricSettings settings, MeterRegistry registry, Teller teller, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        this.collector = new Collector(settings.endpoint(), Collector.Signal.METRICS);
        this.page = new MetricPage(teller, clock.instant());
        var millis = settings.every().toMillis();
        executor.scheduleWithFixedDelay(this::tell, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** A meter that fails must not end the telling. */
    private void tell() {
        try {
            if (!collector.take(page.of(registry, clock.instant()))) {
                LOG.debug("metrics not taken");
            }
        } catch (RuntimeException e) {
            LOG.error("metrics could not be told", e);
        }
    }

    /** Waits for the last page no longer than for any other. */
    @Override
    public void close() {
        executor.execute(this::tell);
        executor.shutdown();
        try {
            if (!executor.awaitTermination(Collector.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("metrics wait at the stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        executor.shutdownNow();
        collector.close();
    }
}
