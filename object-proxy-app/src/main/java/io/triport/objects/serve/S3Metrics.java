package io.triport.objects.serve;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.triport.identity.stream.StreamReply;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What is counted of requests (object proxy page, section 13). Labels are closed sets: operations, configured buckets. */
public final class S3Metrics {
    /*
     * To ask the registry for a meter is to sort its labels, to put its name together and to look at each filter, six times a
     * request. So meters are kept here by what they count.
     */
    private final MeterRegistry registry;
    private final AtomicInteger underWay = new AtomicInteger();
    private final ConcurrentHashMap<Requests, Counter> requests = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Crossed, Counter> crossed = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Timer> timers = new ConcurrentHashMap<>();

    public S3Metrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("object.inflight", underWay, AtomicInteger::get).register(registry);
    }

    /** How requests are told apart. @param bucket empty where it is not one that is configured */
    record Requests(String operation, String bucket, int status, String identityKind) {}

    /** What a request came to. @param authNanos until it was admitted */
    record Ending(Requests kind, long authNanos) {}

    private record Crossed(String direction, String bucket) {}

    void began() {
        underWay.incrementAndGet();
    }

    /** @param kind of callers whose limit was reached */
    void limited(String kind) {
        Counter.builder("rate.limited").tag("kind", kind).register(registry).increment();
    }

    void over(Ending ending, StreamReply.Traffic traffic, long tookNanos) {
        requests.computeIfAbsent(ending.kind(), this::counted).increment();
        timed("total", tookNanos);
        timed("auth", ending.authNanos());
        timed("storage", tookNanos - ending.authNanos());
        var bucket = ending.kind().bucket();
        if (!bucket.isEmpty()) {
            crossed("egress", bucket, traffic.sent());
            crossed("ingress", bucket, traffic.received());
        }
        // Last, so that whoever sees that nothing is under way sees all of it counted.
        underWay.decrementAndGet();
    }

    private Counter counted(Requests kind) {
        return Counter.builder("object.requests")
                .tags("operation", kind.operation(), "bucket", kind.bucket())
                .tags("status", Integer.toString(kind.status()), "identity_kind", kind.identityKind())
                .register(registry);
    }

    private void crossed(String direction, String bucket, long bytes) {
        crossed.computeIfAbsent(
                        new Crossed(direction, bucket),
                        key -> Counter.builder("object.bytes")
                                .tags("direction", direction, "bucket", bucket)
                                .register(registry))
                .increment((double) bytes);
    }

    private void timed(String part, long nanos) {
        timers.computeIfAbsent(
                        part,
                        key -> Timer.builder("object.request")
                                .tag("part", part)
                                .publishPercentileHistogram()
                                .register(registry))
                .record(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }
}
