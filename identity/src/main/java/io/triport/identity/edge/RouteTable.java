package io.triport.identity.edge;

import io.micronaut.context.annotation.Context;
import io.micronaut.core.annotation.AnnotationValue;
import io.micronaut.web.router.MethodBasedRouteInfo;
import io.micronaut.web.router.RouteInfo;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.Combine;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.RoutePolicy;
import io.triport.domain.identity.Scope;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Every route with its policy, made once at start. Refuses to exist when a route declares no identity. */
@Context
final class RouteTable {
    /** A verification lives as long as its request: nothing here is cached yet. */
    private static final Duration MAX_VERIFY_AGE = Duration.ofSeconds(60);

    private final Map<String, RoutePolicy> policies;

    RouteTable(Router router, AccessGate gate, EdgeSettings settings) {
        var found = new HashMap<String, RoutePolicy>();
        router.uriRoutes().forEach(route -> found.put(name(route), policy(route, settings)));
        for (var entry : found.entrySet()) {
            if (!gate.knows(entry.getValue())) {
                throw new IllegalStateException("route " + entry.getKey() + ": a mechanism of "
                        + entry.getValue().mechanisms() + " is not wired (expected: all of them)");
            }
        }
        this.policies = Map.copyOf(found);
    }

    /** The policy of a route that was matched. */
    RoutePolicy policy(RouteInfo<?> route) {
        if (route instanceof UriRouteInfo<?, ?> uri) {
            var policy = policies.get(name(uri));
            if (policy != null) {
                return policy;
            }
        }
        throw new IllegalStateException("route: " + route + " (expected: one that was there at start)");
    }

    /** The routes as {@code METHOD /path}, for tests that visit each. */
    Set<String> names() {
        return policies.keySet();
    }

    private static String name(UriRouteInfo<?, ?> route) {
        return route.getHttpMethodName() + " " + route.getUriMatchTemplate().toPathString();
    }

    private static RoutePolicy policy(UriRouteInfo<?, ?> route, EdgeSettings settings) {
        if (!(route instanceof MethodBasedRouteInfo<?, ?> method)) {
            throw undeclared(route);
        }
        var declared = method.getTargetMethod().getAnnotation(Identity.class);
        if (declared == null) {
            throw undeclared(route);
        }
        return new RoutePolicy(
                strings(declared, "mechanisms").stream().map(MechanismName::new).toList(),
                declared.enumValue("combine", Combine.class).orElse(Combine.AGREE),
                strings(declared, "scopes").stream().map(Scope::new).collect(Collectors.toUnmodifiableSet()),
                settings.maxBody(),
                MAX_VERIFY_AGE);
    }

    private static List<String> strings(AnnotationValue<Identity> declared, String member) {
        return Arrays.asList(declared.stringValues(member));
    }

    private static IllegalStateException undeclared(UriRouteInfo<?, ?> route) {
        return new IllegalStateException(
                "route " + name(route) + ": no identity declared (expected: @Identity on the method)");
    }
}
