package io.triport.objects.serve;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.triport.identity.stream.StreamReply;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What is counted of requests (object proxy page, section 13). Labels are closed sets: operations, configured buckets. */
public final class S3Metrics {
    private final MeterRegistry registry;
    private final AtomicInteger underWay = new AtomicInteger();

    public S3Metrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("object.inflight", underWay, AtomicInteger::get).register(registry);
    }

    /**
     * What a request came to.
     *
     * @param bucket empty where it is not one that is configured
     * @param authNanos until it was admitted
     */
    record Ending(String operation, String bucket, int status, String identityKind, long authNanos) {}

    void began() {
        underWay.incrementAndGet();
    }

    /** @param kind of callers whose limit was reached */
    void limited(String kind) {
        Counter.builder("rate.limited").tag("kind", kind).register(registry).increment();
    }

    void over(Ending ending, StreamReply.Traffic traffic, long tookNanos) {
        underWay.decrementAndGet();
        Counter.builder("object.requests")
                .tags("operation", ending.operation(), "bucket", ending.bucket())
                .tags("status", Integer.toString(ending.status()), "identity_kind", ending.identityKind())
                .register(registry)
                .increment();
        timed("total", tookNanos);
        timed("auth", ending.authNanos());
        timed("storage", tookNanos - ending.authNanos());
        if (!ending.bucket().isEmpty()) {
            crossed("egress", ending.bucket(), traffic.sent());
            crossed("ingress", ending.bucket(), traffic.received());
        }
    }

    private void crossed(String direction, String bucket, long bytes) {
        Counter.builder("object.bytes")
                .tags("direction", direction, "bucket", bucket)
                .register(registry)
                .increment((double) bytes);
    }

    private void timed(String part, long nanos) {
        Timer.builder("object.request")
                .tag("part", part)
                .publishPercentileHistogram()
                .register(registry)
                .record(Duration.ofNanos(Math.max(0, nanos)));
    }
}
