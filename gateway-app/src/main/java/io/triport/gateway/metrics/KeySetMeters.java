package io.triport.gateway.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.triport.domain.identity.MechanismName;
import io.triport.identity.jwks.JwksNumbers;
import io.triport.identity.launch.Gates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** The meters of the key sets that mechanisms fetch. Its own lock guards all. */
final class KeySetMeters {
    private static final JwksNumbers NONE = new JwksNumbers(0, 0, 0, 0, 0, Duration.ZERO);

    private final MeterRegistry registry;
    private final Gates gates;
    private final Map<MechanismName, List<Meter>> shown = new HashMap<>();

    KeySetMeters(MeterRegistry registry, Gates gates) {
        this.registry = registry;
        this.gates = gates;
    }

    /** Shows the sets of the mechanisms that are used now, and those of before no more. */
    synchronized void refresh() {
        var present = gates.keySets().keySet();
        for (var each = shown.entrySet().iterator(); each.hasNext(); ) {
            var before = each.next();
            if (!present.contains(before.getKey())) {
                before.getValue().forEach(registry::remove);
                each.remove();
            }
        }
        for (var name : present) {
            shown.computeIfAbsent(name, this::meters);
        }
    }

    private List<Meter> meters(MechanismName name) {
        var meters = new ArrayList<Meter>();
        meters.add(TimeGauge.builder("gateway.jwks.age", gates, TimeUnit.MILLISECONDS, from -> age(numbers(from, name)))
                .description("time since the key set was fetched; none where it never was")
                .tag("mechanism", name.text())
                .strongReference(true)
                .register(registry));
        meters.add(refreshes(name, "loaded", JwksNumbers::loaded));
        meters.add(refreshes(name, "failed", JwksNumbers::failed));
        meters.add(refreshes(name, "refused", JwksNumbers::refused));
        meters.add(keys(name, "used", JwksNumbers::keys));
        meters.add(keys(name, "dropped", JwksNumbers::dropped));
        return List.copyOf(meters);
    }

    private static double age(JwksNumbers numbers) {
        return numbers.loaded() == 0 ? Double.NaN : numbers.age().toMillis();
    }

    private Meter refreshes(MechanismName name, String result, ToLongFunction<JwksNumbers> number) {
        return FunctionCounter.builder("gateway.jwks.refresh", gates, from -> number.applyAsLong(numbers(from, name)))
                .description("fetches of the key set by what they came to")
                .tag("mechanism", name.text())
                .tag("result", result)
                .register(registry);
    }

    private Meter keys(MechanismName name, String state, ToIntFunction<JwksNumbers> number) {
        return Gauge.builder("gateway.jwks.keys", gates, from -> number.applyAsInt(numbers(from, name)))
                .description("keys of the set, used, or of a kind or quality that is not")
                .tag("mechanism", name.text())
                .tag("state", state)
                .strongReference(true)
                .register(registry);
    }

    private static JwksNumbers numbers(Gates gates, MechanismName name) {
        return gates.keySets().getOrDefault(name, NONE);
    }
}
