package io.triport.gateway.route;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a request has to be like to take a route. All of it holds, or the route is not taken.
 *
 * @param hosts names in lower case, {@code *.example.org} for all names below one; none for any host
 * @param methods none for any method
 * @param headers fields by lower-case name, each with the one value it must have
 */
public record RouteMatch(List<String> hosts, PathPattern path, Set<String> methods, Map<String, String> headers) {
    public RouteMatch {
        hosts = List.copyOf(hosts);
        methods = Set.copyOf(methods);
        headers = Map.copyOf(headers);
    }

    /** Whether the method is one of the route. */
    public boolean takes(String method) {
        return methods.isEmpty() || methods.contains(method);
    }

    /** Whether the conditions on headers hold. */
    boolean takes(RouteQuery query) {
        for (var condition : headers.entrySet()) {
            if (!condition.getValue().equals(query.header(condition.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /** Whether every request that this one takes is taken by the other too, for the same host and path. */
    boolean within(RouteMatch other) {
        var everyMethod = other.methods.isEmpty() || !methods.isEmpty() && other.methods.containsAll(methods);
        return everyMethod && headers.entrySet().containsAll(other.headers.entrySet());
    }
}
