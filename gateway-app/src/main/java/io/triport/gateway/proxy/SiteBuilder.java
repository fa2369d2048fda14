package io.triport.gateway.proxy;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.triport.domain.identity.RoutePolicy;
import io.triport.domain.time.Ticker;
import io.triport.gateway.config.GatewaySettings;
import io.triport.gateway.config.MechanismSettings;
import io.triport.gateway.config.MechanismSettings.Trace;
import io.triport.gateway.config.RouteSettings;
import io.triport.gateway.config.UpstreamSettings;
import io.triport.gateway.pool.Names;
import io.triport.gateway.pool.Target;
import io.triport.gateway.route.Routes;
import io.triport.gateway.upstream.Breaker;
import io.triport.gateway.upstream.BreakerSettings;
import io.triport.gateway.upstream.HealthJudge;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.launch.Gates;
import io.triport.identity.limit.NamedLimit;
import io.triport.identity.limit.NamedLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** Builds what settings say, keeping the state of everything that they say as before. Used by one thread at a time. */
final class SiteBuilder {
    private final Gates gates;
    private final Names names;
    private final Ticker ticker;
    private final NamedLimits limiter;
    private Map<String, Backend> backends = Map.of();

    SiteBuilder(Gates gates, Names names, NamedLimits limiter, Ticker ticker) {
        this.gates = gates;
        this.limiter = limiter;
        this.names = names;
        this.ticker = ticker;
    }

    Site build(GatewaySettings settings) {
        var next = new HashMap<String, Backend>();
        settings.upstreams().forEach((name, upstream) -> next.put(name, backend(upstream)));
        var planned = settings.identity().values().stream()
                .map(MechanismSettings::planned)
                .flatMap(Optional::stream)
                .collect(Collectors.<PlannedMechanism>toSet());
        var gate = gates.over(planned);
        // Of all mechanisms, not only of the route's: a browser sends its session to the public paths too.
        var traces = settings.identity().values().stream()
                .map(MechanismSettings::trace)
                .toList();
        var fields = all(traces, Trace::fields);
        var cookies = all(traces, Trace::cookies);
        var entries = new ArrayList<Routes.Entry<SiteRoute>>();
        for (var route : settings.routes()) {
            var listed = mechanisms(route, settings.identity());
            var policy = policy(route, listed);
            var backend = next.get(route.upstream());
            if (backend == null) {
                throw new IllegalStateException("upstream: " + route.upstream());
            }
            var shown = listed.stream().map(MechanismSettings::trace).toList();
            entries.add(new Routes.Entry<>(
                    route.id(),
                    route.match(),
                    new SiteRoute(
                            route,
                            policy,
                            fields,
                            cookies,
                            shown.stream()
                                    .map(Trace::challenge)
                                    .filter(text -> !text.isEmpty())
                                    .distinct()
                                    .toList(),
                            gate.signsBody(policy),
                            shown.stream().anyMatch(Trace::once),
                            limits(route, settings.limits()),
                            backend)));
        }
        var site = new Site(
                Integer.toHexString(settings.hashCode()),
                settings.front(),
                settings.addresses().terse(),
                new ClientAddress(settings.client()),
                gate,
                Routes.of(entries, same -> {}, shadowed -> {}),
                new ProblemPage(settings.front().compat().plainJson()));
        limiter.use(settings.limits().values());
        retire(next);
        backends = Map.copyOf(next);
        return site;
    }

    private static Set<String> all(List<Trace> shown, Function<Trace, Set<String>> part) {
        return shown.stream().map(part).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    private void retire(Map<String, Backend> next) {
        var used = new HashSet<Server>();
        next.values().forEach(backend -> used.addAll(backend.servers()));
        backends.values().forEach(backend -> backend.retire(used));
    }

    private static RoutePolicy policy(RouteSettings route, List<MechanismSettings> listed) {
        var mechanisms = listed.stream().map(MechanismSettings::mechanism).toList();
        return new RoutePolicy(mechanisms, route.combine(), Set.of(), route.bodyLimit(), route.maxVerifyAge());
    }

    private static List<MechanismSettings> mechanisms(RouteSettings route, Map<String, MechanismSettings> identity) {
        var listed = new ArrayList<MechanismSettings>();
        for (var name : route.identity()) {
            var settings = identity.get(name);
            if (settings != null) {
                listed.add(settings);
            }
        }
        return List.copyOf(listed);
    }

    private static List<NamedLimit> limits(RouteSettings route, Map<String, NamedLimit> all) {
        var limits = new ArrayList<NamedLimit>();
        for (var name : route.limits()) {
            var limit = all.get(name);
            if (limit != null) {
                limits.add(limit);
            }
        }
        return List.copyOf(limits);
    }

    private Backend backend(UpstreamSettings settings) {
        var before = backends.get(settings.name());
        if (before != null && before.settings().equals(settings)) {
            return before;
        }
        var servers = new ArrayList<Server>();
        var tls = settings.targets().stream().anyMatch(target -> target.secure()) ? tls() : null;
        for (var address : settings.targets()) {
            var kept = before == null ? Optional.<Server>empty() : kept(before, settings, address.toString());
            servers.add(kept.orElseGet(() -> new Server(
                    new Target(address, settings, address.secure() ? tls : null, names, ticker),
                    new Breaker(breaker(settings.breaker()), ticker, change -> {}),
                    judge(settings))));
        }
        return new Backend(settings, servers, ticker);
    }

    /** A server goes on when nothing but the weights of its upstream has changed. */
    private static Optional<Server> kept(Backend before, UpstreamSettings settings, String address) {
        return before.servers().stream()
                .filter(server -> server.target().address().toString().equals(address)
                        && server.target().serves(settings))
                .findFirst();
    }

    private static HealthJudge judge(UpstreamSettings settings) {
        var health = settings.health();
        return health == null ? new HealthJudge(1, 1) : new HealthJudge(health.unhealthyAfter(), health.healthyAfter());
    }

    private static BreakerSettings breaker(UpstreamSettings.Breaker settings) {
        return new BreakerSettings(
                settings.failures(),
                settings.window(),
                settings.minRequests(),
                settings.errorRate(),
                settings.open(),
                settings.halfOpenProbes(),
                settings.closeAfter());
    }

    private static SslContext tls() {
        try {
            return SslContextBuilder.forClient().build();
        } catch (SSLException e) {
            throw new IllegalStateException("no TLS", e);
        }
    }
}
