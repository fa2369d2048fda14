package io.triport.identity.edge;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.AnnotationValue;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.Combine;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.RoutePolicy;
import io.triport.domain.identity.Scope;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Method;
import io.triport.identity.handler.FetchRoutes;
import io.triport.identity.handler.OnFetch;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every route with its policy, made once at start. Refuses to exist when a route declares no identity. */
@Context
@Requires(missingProperty = RouteTable.STORAGE_ALONE)
final class RouteTable {
    /*
     * Which path matches. The router compares decoded paths and forgives a slash at the end; a signature covers the path as
     * sent. So a route without variables is only found under its exact bytes.
     *
     * Which refusal. A method that none of the app's own routes has is refused whatever the path; a path that exists under
     * another method is refused for the method; everything else is unknown.
     */
    private static final Duration MAX_VERIFY_AGE = Duration.ofSeconds(60);

    /** Set in a context that storage has for itself, in which nothing is served. */
    static final String STORAGE_ALONE = "triport.repositories";

    private final Map<String, RoutePolicy> policies;
    private final Set<String> methods;
    private final Map<String, Set<String>> methodsOf;

    private final FetchRoutes handlers;
    private final String basePath;
    private final AddedMechanisms added;

    /**
     * @param handlers null for an app whose routes are all of controllers
     * @param added null for an app that adds none
     */
    RouteTable(
            Router router,
            AccessGate gate,
            EdgeSettings settings,
            @Nullable FetchRoutes handlers,
            @Nullable AddedMechanisms added) {
        this.added = added == null ? AddedMechanisms.NONE : added;
        this.handlers = handlers == null ? new FetchRoutes(List.of()) : handlers;
        this.basePath = settings.basePath();
        var found = new HashMap<String, RoutePolicy>();
        router.uriRoutes()
                .filter(route -> !ofHandlers(route))
                .forEach(route -> found.put(name(route), policy(route, settings)));
        this.handlers.handlers().forEach(handler -> found.put(handler.name(), policy(handler, settings.maxBody())));
        for (var entry : found.entrySet()) {
            if (!gate.knows(entry.getValue())) {
                throw new IllegalStateException("route " + entry.getKey() + ": a mechanism of "
                        + entry.getValue().mechanisms() + " is not wired (expected: all of them)");
            }
        }
        this.policies = Map.copyOf(found);
        this.methodsOf = found.keySet().stream()
                .collect(Collectors.groupingBy(
                        RouteTable::path,
                        Collectors.mapping(RouteTable::method, Collectors.toCollection(TreeSet::new))));
        this.methods = ownMethods(found);
    }

    /** Whether a request has a route. */
    sealed interface Match {}

    /** @param route its method and its template */
    record Found(String route, RoutePolicy policy) implements Match {}

    record Unknown() implements Match {}

    /** @param allowed methods that would do, as the {@code Allow} header has them */
    record WrongMethod(String allowed) implements Match {}

    Match find(ServerHttpRequest<?> request) {
        var path = InboundBinder.target(request).path();
        if (RouteAttributes.getRouteInfo(request).orElse(null) instanceof UriRouteInfo<?, ?> route
                && exact(route, path)) {
            if (!ofHandlers(route)) {
                var name = name(route);
                var policy = policies.get(name);
                if (policy != null) {
                    return new Found(name, policy);
                }
            } else if (!(ofHandler(new Method(request.getMethodName()), path) instanceof Unknown)) {
                return ofHandler(new Method(request.getMethodName()), path);
            }
        }
        var allowed = methodsOf.getOrDefault(path, methods);
        return methods.contains(request.getMethodName()) && !methodsOf.containsKey(path)
                ? new Unknown()
                : new WrongMethod(String.join(", ", allowed));
    }

    private Match ofHandler(Method method, String path) {
        if (!path.startsWith(basePath)) {
            // The router has decoded what stands before all paths; we do not.
            return new Unknown();
        }
        return switch (handlers.find(method, path.substring(basePath.length()))) {
            case FetchRoutes.Found(var handler, var variables) ->
                new Found(handler.name(), Objects.requireNonNull(policies.get(handler.name())));
            case FetchRoutes.WrongMethod(var allowed) -> new WrongMethod(allowed);
            case FetchRoutes.Unknown unknown -> new Unknown();
        };
    }

    /** The routes as {@code METHOD /path} with their policies, for tests that visit each. */
    Map<String, RoutePolicy> policies() {
        return policies;
    }

    private static boolean ofHandlers(UriRouteInfo<?, ?> route) {
        return route.getTargetMethod().getDeclaringType() == HandlerController.class;
    }

    private RoutePolicy policy(OnFetch handler, ByteSize maxBody) {
        return new RoutePolicy(
                added.to(handler.mechanisms()), Combine.AGREE, handler.scopes(), maxBody, MAX_VERIFY_AGE);
    }

    private static boolean exact(UriRouteInfo<?, ?> route, String path) {
        var template = route.getUriMatchTemplate();
        return !template.getVariableNames().isEmpty() || template.toPathString().equals(path);
    }

    private static Set<String> ownMethods(Map<String, RoutePolicy> found) {
        var methods = new TreeSet<String>();
        found.forEach((name, policy) -> {
            if (!policy.mechanisms().contains(MechanismName.PUBLIC)) {
                methods.add(method(name));
            }
        });
        return methods;
    }

    private static String method(String name) {
        return name.substring(0, name.indexOf(' '));
    }

    private static String path(String name) {
        return name.substring(name.indexOf(' ') + 1);
    }

    private static String name(UriRouteInfo<?, ?> route) {
        return route.getHttpMethodName() + " " + route.getUriMatchTemplate().toPathString();
    }

    private RoutePolicy policy(UriRouteInfo<?, ?> route, EdgeSettings settings) {
        var declared = route.getTargetMethod().getAnnotation(Identity.class);
        if (declared == null) {
            throw new IllegalStateException(
                    "route " + name(route) + ": no identity declared (expected: @Identity on the method)");
        }
        return new RoutePolicy(
                added.to(strings(declared, "mechanisms").stream()
                        .map(MechanismName::new)
                        .toList()),
                declared.enumValue("combine", Combine.class).orElse(Combine.AGREE),
                strings(declared, "scopes").stream().map(Scope::new).collect(Collectors.toUnmodifiableSet()),
                settings.maxBody(),
                MAX_VERIFY_AGE);
    }

    private static List<String> strings(AnnotationValue<Identity> declared, String member) {
        return Arrays.asList(declared.stringValues(member));
    }
}
