package io.triport.manager.route;

import io.triport.domain.request.Fetch;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** All routes, the more particular ones first. */
public final class RouteTable {
    private static final String HEAD = "HEAD";
    private static final String GET = "GET";

    private final List<Route> routes;

    /** @throws IllegalStateException where two have the same method and path */
    public RouteTable(List<Route> routes) {
        this.routes =
                routes.stream().sorted(Comparator.comparing(Route::pattern)).toList();
        var seen = new HashSet<String>();
        for (var route : routes) {
            if (!seen.add(route.name())) {
                throw new IllegalStateException("route: " + route.name() + " (expected: once)");
            }
        }
    }

    /** What was found for a request. */
    public sealed interface Match {}

    /** @param variables as they were sent */
    public record Found(Route route, Map<String, String> variables) implements Match {}

    /** @param allowed methods that would do, as the {@code Allow} field has them */
    public record WrongMethod(String allowed) implements Match {}

    public record Unknown() implements Match {}

    /** @param path without what stands in front of all paths of the app */
    public Match find(Fetch fetch, String path) {
        var parts = path.substring(1).split("/", -1);
        var method = fetch.method().text().equals(HEAD) ? GET : fetch.method().text();
        var allowed = new TreeSet<String>();
        for (var route : routes) {
            var variables = route.pattern().match(parts);
            if (variables.isPresent() && route.method().equals(method)) {
                return new Found(route, variables.get());
            }
            if (variables.isPresent()) {
                allowed.add(route.method());
            }
        }
        return allowed.isEmpty() ? new Unknown() : new WrongMethod(String.join(", ", allowed));
    }

    /** All of them, as they are looked through. */
    public List<Route> routes() {
        return routes;
    }
}
