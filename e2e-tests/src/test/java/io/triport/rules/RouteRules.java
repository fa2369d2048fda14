package io.triport.rules;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Rule 10: every route says who may call. */
record RouteRules(Layout layout, Code code) {
    private static final String ANNOTATIONS = "io.micronaut.http.annotation.";
    private static final String CONTROLLER = ANNOTATIONS + "Controller";
    private static final String MAPPING = ANNOTATIONS + "HttpMethodMapping";
    private static final String SOCKET = "io.micronaut.websocket.annotation.";
    private static final String EXECUTE_ON = "io.micronaut.scheduling.annotation.ExecuteOn";
    private static final String IDENTITY = "io.triport.identity.edge.Identity";
    private static final String CONTENT = "io.triport.domain.request.Content";
    private static final String BLOCKING = "blocking";
    private static final String PUBLIC = "public";

    /** Ways to make a route that has no method to declare an identity on. */
    private static final Set<String> SIDE_DOORS =
            Set.of("io.micronaut.web.router.RouteBuilder", "io.micronaut.management.endpoint.annotation.Endpoint");

    List<String> routesDeclareIdentity() {
        var undeclared = routes().filter(route -> !route.isAnnotatedWith(IDENTITY))
                .map(route -> route.getFullName() + " (expected: @Identity)");
        var sideDoors = Finding.dependencies(
                code.own(),
                found -> !found.isAnnotatedWith(IDENTITY),
                target -> SIDE_DOORS.contains(target.getName()),
                "routes are methods of controllers");
        return Finding.all(
                Stream.of(undeclared, sideDoors, lists(), onEventLoop()).flatMap(lines -> lines));
    }

    private Stream<String> lists() {
        var shown = new HashSet<String>();
        routes().filter(RouteRules::open).forEach(route -> shown.addAll(names(route)));
        var unlisted = new TreeSet<>(shown);
        unlisted.removeAll(layout.publicRoutes());
        var gone = new TreeSet<>(layout.publicRoutes());
        gone.removeAll(shown);
        return Stream.concat(
                unlisted.stream().map(name -> name + " is public (expected: on the list of public routes)"),
                gone.stream().map(name -> name + " is on the list of public routes (expected: a public route)"));
    }

    private Stream<String> onEventLoop() {
        return routes().filter(route -> !route.getRawReturnType().getName().equals(CONTENT))
                .filter(route -> !blocking(route.getOwner().tryGetAnnotationOfType(EXECUTE_ON))
                        && !blocking(route.tryGetAnnotationOfType(EXECUTE_ON)))
                .map(route -> route.getFullName() + " (expected: @ExecuteOn(TaskExecutors.BLOCKING), or a Content)");
    }

    private Stream<JavaMethod> routes() {
        return code.own().stream().flatMap(found -> found.getMethods().stream()).filter(RouteRules::route);
    }

    private static boolean route(JavaMethod method) {
        return method.isMetaAnnotatedWith(MAPPING)
                || method.getAnnotations().stream()
                        .anyMatch(annotation ->
                                annotation.getRawType().getPackageName().equals(MAPPING)
                                        || annotation.getRawType().getName().startsWith(SOCKET));
    }

    private static boolean open(JavaMethod route) {
        return route.tryGetAnnotationOfType(IDENTITY)
                .map(identity -> texts(identity, "mechanisms").contains(PUBLIC))
                .orElse(false);
    }

    private static boolean blocking(java.util.Optional<? extends JavaAnnotation<?>> annotation) {
        return annotation.map(found -> texts(found, "value").contains(BLOCKING)).orElse(false);
    }

    /** Such as {@code GET /health}: what is configured in front of a path belongs to no route. */
    private static List<String> names(JavaMethod route) {
        var base = route.getOwner()
                .tryGetAnnotationOfType(CONTROLLER)
                .map(controller -> texts(controller, "value").getFirst())
                .orElse("");
        return route.getAnnotations().stream()
                .filter(annotation -> annotation.getRawType().isAnnotatedWith(MAPPING))
                .flatMap(annotation -> paths(annotation).map(path -> verb(annotation) + " " + join(base, path)))
                .toList();
    }

    private static Stream<String> paths(JavaAnnotation<?> mapping) {
        var named = Stream.of("value", "uri", "uris")
                .flatMap(member -> texts(mapping, member).stream())
                .filter(path -> !path.equals("/"))
                .toList();
        return named.isEmpty() ? Stream.of("") : named.stream();
    }

    private static String verb(JavaAnnotation<?> mapping) {
        return mapping.getRawType().getSimpleName().toUpperCase(Locale.ROOT);
    }

    private static String join(String base, String path) {
        var whole = (base + "/" + path).replaceAll("\\$\\{[^}]*}", "").replaceAll("/+", "/");
        var trimmed = whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole;
        return trimmed.startsWith("/") ? trimmed : "/" + trimmed;
    }

    private static List<String> texts(JavaAnnotation<?> annotation, String member) {
        return annotation
                .get(member)
                .map(value -> value instanceof Object[] several
                        ? Arrays.stream(several).map(String::valueOf).toList()
                        : List.of(String.valueOf(value)))
                .orElse(List.of());
    }
}
