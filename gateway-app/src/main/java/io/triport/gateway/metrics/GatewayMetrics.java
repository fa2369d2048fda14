package io.triport.gateway.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.triport.domain.identity.Decision;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Reason;
import io.triport.domain.request.Admission;
import io.triport.gateway.audit.AuditQueue;
import io.triport.gateway.config.MetricSettings;
import io.triport.identity.connection.Drain;
import io.triport.identity.launch.Gates;
import io.triport.identity.limit.NamedLimit;
import io.triport.identity.limit.NamedLimits;
import io.triport.identity.otlp.Teller;
import io.triport.identity.trace.Tracing;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of a gateway. Safe for many threads; what requests call builds nothing but on its first time. */
public final class GatewayMetrics {
    private static final Duration[] BOUNDS = {
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };
    private static final String NO_ROUTE = "-";
    private static final String NO_REASON = "-";

    private final MeterRegistry registry;
    private final KeySetMeters keySets;
    private final Timer requests;
    private final Timer upstreams;
    private final Timer overhead;
    private final Counter retries;
    private final MultiGauge breakers;
    private final MultiGauge health;
    private final RouteMeters unrouted;
    private final ConcurrentHashMap<String, RouteMeters> routes = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<MechanismName, Counter> admitted = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Rejection, Counter> refused = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, LimitMeters> limits = new ConcurrentHashMap<>();

    private record Rejection(MechanismName mechanism, Reason reason) {}

    private record LimitMeters(Counter taken, Counter exhausted, Counter unavailable) {}

    public GatewayMetrics(MeterRegistry registries, Gates gates) {
        this.registry = shown(registries);
        this.keySets = new KeySetMeters(registry, gates);
        this.requests = timer("gateway.request", "requests, to the end of their answers");
        this.upstreams = timer("gateway.upstream", "upstreams, to the heads of their answers");
        this.overhead = timer("gateway.overhead", "what the gateway itself took until it had the head of an answer");
        this.retries = Counter.builder("gateway.retries")
                .description("requests sent to an upstream once more")
                .register(registry);
        this.breakers = MultiGauge.builder("gateway.breaker.state")
                .description("0 closed, 1 half-open, 2 open")
                .register(registry);
        this.health = MultiGauge.builder("gateway.target.healthy")
                .description("whether the questions for health find the target well; 1 where nobody asks")
                .register(registry);
        this.unrouted = new RouteMeters(registry, NO_ROUTE);
    }

    /** The one that the management port shows. Several together have no names of their own, and ask for each again at every count. */
    private static MeterRegistry shown(MeterRegistry registries) {
        return registries instanceof CompositeMeterRegistry all
                ? all.getRegistries().stream().findFirst().orElse(all)
                : registries;
    }

    private Timer timer(String name, String about) {
        return Timer.builder(name)
                .description(about)
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
    }

    /** What the registry reads by itself. */
    public void watch(AuditQueue audit, Drain connections, Tracing tracing, NamedLimits limiter) {
        Gauge.builder("gateway.audit.queue", audit, AuditQueue::waiting)
                .description("audit records that wait in memory")
                .strongReference(true)
                .register(registry);
        FunctionCounter.builder("gateway.audit.dropped", audit, AuditQueue::dropped)
                .description("audit records that were lost")
                .register(registry);
        FunctionCounter.builder("gateway.traces.dropped", tracing, Tracing::dropped)
                .description("traces that no collector took")
                .register(registry);
        FunctionCounter.builder("gateway.ratelimit.uncounted", limiter, NamedLimits::uncounted)
                .description("requests that a limit let pass because its store was away")
                .register(registry);
        Gauge.builder("gateway.connections", connections, Drain::open)
                .description("open connections of clients")
                .strongReference(true)
                .register(registry);
    }

    /** Tells somebody of all that is measured, until it is closed. */
    public MetricExporter exporter(MetricSettings settings, Teller teller, Clock clock) {
        return new MetricExporter(settings, registry, teller, clock);
    }

    /** A configuration is used from now on. What has no place in it is shown no more. @param targets all of them */
    public void adopted(List<TargetState> targets) {
        keySets.refresh();
        breakers.register(
                targets.stream()
                        .map(each -> Row.of(
                                tags(each), each, state -> state.breaker().getAsInt()))
                        .toList(),
                true);
        health.register(
                targets.stream()
                        .map(each -> Row.of(
                                tags(each), each, state -> state.healthy().getAsBoolean() ? 1 : 0))
                        .toList(),
                true);
    }

    private static Tags tags(TargetState state) {
        return Tags.of("upstream", state.upstream(), "target", state.target());
    }

    /** The counters of a route, the same for the same id. */
    public RouteMeters route(String id) {
        return routes.computeIfAbsent(id, fresh -> new RouteMeters(registry, fresh));
    }

    /** Those of requests that no route took. */
    public RouteMeters unrouted() {
        return unrouted;
    }

    public void answered(RouteMeters route, Answered answered) {
        route.count(answered);
        requests.record(answered.took());
        var upstream = answered.upstream();
        if (upstream != null) {
            upstreams.record(upstream.waited());
            overhead.record(upstream.overhead());
        }
    }

    public void retried() {
        retries.increment();
    }

    public void judged(Decision decision) {
        switch (decision) {
            case Decision.Admitted(var grant) ->
                admitted.computeIfAbsent(grant.principal().mechanism(), name -> identity(name, "admitted", NO_REASON))
                        .increment();
            case Decision.Refused(var refusal) ->
                refused.computeIfAbsent(
                                new Rejection(refusal.mechanism(), refusal.reason()),
                                key -> identity(
                                        key.mechanism(), "refused", key.reason().text()))
                        .increment();
        }
    }

    private Counter identity(MechanismName mechanism, String result, String reason) {
        return Counter.builder("gateway.identity")
                .description("decisions about who asks")
                .tag("mechanism", mechanism.text())
                .tag("result", result)
                .tag("reason", reason)
                .register(registry);
    }

    /** What the limits of a route said, in their order. */
    public void limited(List<NamedLimit> asked, Admission admission) {
        switch (admission) {
            case Admission.Taken taken ->
                asked.forEach(limit -> meters(limit).taken().increment());
            case Admission.Exhausted exhausted ->
                meters(asked.get(exhausted.charge())).exhausted().increment();
        }
    }

    /** They could not be asked. */
    public void notLimited(List<NamedLimit> asked) {
        asked.forEach(limit -> meters(limit).unavailable().increment());
    }

    private LimitMeters meters(NamedLimit limit) {
        return limits.computeIfAbsent(
                limit.name(),
                name -> new LimitMeters(limit(name, "admitted"), limit(name, "limited"), limit(name, "unavailable")));
    }

    private Counter limit(String name, String decision) {
        return Counter.builder("gateway.ratelimit")
                .description("what rate limits said")
                .tag("limit", name)
                .tag("decision", decision)
                .register(registry);
    }
}
