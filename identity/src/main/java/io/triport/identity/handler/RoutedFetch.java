package io.triport.identity.handler;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.InvalidInput;
import java.util.Map;

/**
 * A request that has found its handler.
 *
 * @param variables of the path by their names, as they were sent
 */
public record RoutedFetch(Fetch fetch, Map<String, String> variables) {
    public RoutedFetch {
        variables = Map.copyOf(variables);
    }

    /**
     * A variable of the path, decoded once.
     *
     * @throws InvalidInput when it is not percent-encoded UTF-8
     * @throws IllegalArgumentException for a name that the path does not have
     */
    public String variable(String name) {
        var sent = variables.get(name);
        if (sent == null) {
            throw new IllegalArgumentException("variable: " + name + " (expected: one of " + variables.keySet() + ")");
        }
        return Percent.decode(sent);
    }

    /** The body, at most as long as the program takes. */
    public Bytes body() {
        return fetch.body().buffered();
    }
}
