package io.triport.identity.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Reason;
import io.triport.domain.storage.StorageCall;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The metrics of the spine. Labels are closed sets, never a word that a client can choose. */
final class LayerMetrics {
    private static final int CLASS = 100;

    private final MeterRegistry registry;
    private final ConcurrentHashMap<Object, Timer> timers = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Object, Counter> counters = new ConcurrentHashMap<>();

    LayerMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void answered(int status, Duration took) {
        timer(
                        status / CLASS,
                        key -> Timer.builder("triport.request")
                                .tag("status", key + "xx")
                                .register(registry))
                .record(took);
    }

    void admitted(MechanismName mechanism) {
        count(new Verdict(mechanism, "admitted"));
    }

    void refused(MechanismName mechanism, Reason reason) {
        count(new Verdict(mechanism, reason.text()));
    }

    void limited(String limit) {
        counters.computeIfAbsent(
                        limit,
                        key -> Counter.builder("triport.request.limited")
                                .tag("limit", limit)
                                .register(registry))
                .increment();
    }

    void called(StorageCall call) {
        var outcome = call.result() instanceof StorageCall.Failed failed
                ? failed.code().name()
                : "done";
        timer(
                        new Call(call.port().text(), call.operation(), call.adapter(), outcome),
                        key -> Timer.builder("triport.storage")
                                .tag("port", call.port().text())
                                .tag("op", call.operation())
                                .tag("adapter", call.adapter())
                                .tag("outcome", outcome)
                                .register(registry))
                .record(call.took());
        if (call.result() instanceof StorageCall.Done done) {
            moved(call, "in", done.moved().in());
            moved(call, "out", done.moved().out());
        }
    }

    private void moved(StorageCall call, String direction, long bytes) {
        if (bytes > 0) {
            var way = new Way(call.port().text(), call.adapter(), direction);
            counters.computeIfAbsent(
                            way,
                            key -> Counter.builder("triport.storage.bytes")
                                    .tag("port", way.port())
                                    .tag("adapter", way.adapter())
                                    .tag("direction", direction)
                                    .register(registry))
                    .increment((double) bytes);
        }
    }

    private void count(Verdict verdict) {
        counters.computeIfAbsent(
                        verdict,
                        key -> Counter.builder("triport.identity")
                                .tag("mechanism", verdict.mechanism().text())
                                .tag("outcome", verdict.outcome())
                                .register(registry))
                .increment();
    }

    private <K> Timer timer(K key, Function<Object, Timer> make) {
        return timers.computeIfAbsent(key, make);
    }

    private record Verdict(MechanismName mechanism, String outcome) {}

    private record Call(String port, String operation, String adapter, String outcome) {}

    private record Way(String port, String adapter, String direction) {}
}
