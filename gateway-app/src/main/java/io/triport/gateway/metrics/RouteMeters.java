package io.triport.gateway.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.triport.domain.audit.AuditOutcome;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The counters of one route, each found by a number and made when it is first needed. Safe for many threads. */
public final class RouteMeters {
    private static final String OTHER = "OTHER";

    /** Any other could be a client's own. */
    private static final Map<String, Integer> METHODS =
            Map.of("GET", 0, "HEAD", 1, "POST", 2, "PUT", 3, "DELETE", 4, "PATCH", 5, "OPTIONS", 6);

    private static final int UNKNOWN_METHOD = 7;
    private static final int METHOD_BITS = 3;
    private static final AuditOutcome[] OUTCOMES = AuditOutcome.values();

    private final MeterRegistry registry;
    private final String route;
    private final ConcurrentHashMap<Integer, Counter> counters = new ConcurrentHashMap<>();

    RouteMeters(MeterRegistry registry, String route) {
        this.registry = registry;
        this.route = route;
    }

    /** A method as it is shown: one that is not known could be a client's own word. */
    public static String label(String method) {
        return METHODS.containsKey(method) ? method : OTHER;
    }

    void count(Answered answered) {
        var method = METHODS.getOrDefault(answered.method(), UNKNOWN_METHOD);
        var key = (answered.status() * OUTCOMES.length + answered.outcome().ordinal()) << METHOD_BITS | method;
        var known = counters.get(key);
        (known == null ? made(key, answered) : known).increment();
    }

    private Counter made(int key, Answered answered) {
        return counters.computeIfAbsent(
                key,
                fresh -> Counter.builder("gateway.requests")
                        .description("requests by what they came to")
                        .tag("route", route)
                        .tag("method", label(answered.method()))
                        .tag("status", Integer.toString(answered.status()))
                        .tag("outcome", answered.outcome().label())
                        .register(registry));
    }
}
