package io.triport.gateway.proxy;

import io.triport.domain.identity.RoutePolicy;
import io.triport.gateway.backend.Backends;
import io.triport.gateway.config.GatewaySettings;
import io.triport.gateway.config.MechanismSettings;
import io.triport.gateway.config.MechanismSettings.Trace;
import io.triport.gateway.config.RouteSettings;
import io.triport.gateway.metrics.GatewayMetrics;
import io.triport.gateway.problem.ProblemPage;
import io.triport.gateway.route.Routes;
import io.triport.identity.limit.NamedLimit;
import io.triport.identity.limit.NamedLimits;
import io.triport.identity.signer.IdentityAssertion;
import io.triport.identity.signer.TokenSigner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Builds what settings say, keeping the state of everything that they say as before. Used by one thread at a time. */
final class SiteBuilder {
    private final IdentityBuilder identities;
    private final Backends backends;
    private final NamedLimits limiter;
    private final GatewayMetrics metrics;

    SiteBuilder(IdentityBuilder identities, Backends backends, NamedLimits limiter, GatewayMetrics metrics) {
        this.identities = identities;
        this.backends = backends;
        this.limiter = limiter;
        this.metrics = metrics;
    }

    Site build(GatewaySettings settings) {
        // First, because it may refuse, and then nothing has changed.
        var identity = identities.build(settings);
        var next = backends.over(settings.upstreams());
        // Of all mechanisms, not only of the route's: a browser sends its session to the public paths too.
        var every = settings.identity().values().stream()
                .map(MechanismSettings::trace)
                .toList();
        var fields = all(every, Trace::fields);
        var cookies = all(every, Trace::cookies);
        var entries = new ArrayList<Routes.Entry<SiteRoute>>();
        for (var route : settings.routes()) {
            var listed = mechanisms(route, settings.identity());
            var policy = policy(route, listed);
            var backend = next.get(route.upstream());
            if (backend == null) {
                throw new IllegalStateException("upstream: " + route.upstream());
            }
            var shown = listed.stream().map(MechanismSettings::trace).toList();
            var limits = limits(route, settings.limits());
            entries.add(new Routes.Entry<>(
                    route.id(),
                    route.match(),
                    new SiteRoute(
                            route,
                            policy,
                            fields,
                            cookies,
                            all(shown, Trace::parameters),
                            shown.stream()
                                    .map(Trace::challenge)
                                    .filter(text -> !text.isEmpty())
                                    .distinct()
                                    .toList(),
                            identity.gate().signsBody(policy),
                            shown.stream().anyMatch(Trace::once),
                            limits,
                            new LimitFields(limits),
                            assertion(route, identity.signer()),
                            backend,
                            metrics.route(route.id()))));
        }
        var site = new Site(
                settings.hash(),
                settings.front(),
                settings.addresses().terse(),
                new ClientAddress(settings.client()),
                identity.gate(),
                identity.dialogue(),
                all(every, Trace::parameters),
                identity.forbidding(),
                Routes.of(entries, same -> {}, shadowed -> {}),
                new ProblemPage(settings.front().compat().plainJson()));
        limiter.use(settings.limits().values());
        backends.use(next);
        metrics.adopted(backends.states());
        return site;
    }

    private static @Nullable IdentityAssertion assertion(RouteSettings route, @Nullable TokenSigner signer) {
        var wanted = route.forwarding().assertion();
        return wanted == null || signer == null ? null : new IdentityAssertion(signer, wanted.audience(), wanted.ttl());
    }

    private static Set<String> all(List<Trace> shown, Function<Trace, Set<String>> part) {
        return shown.stream().map(part).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
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
}
