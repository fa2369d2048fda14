package io.triport.identity.handler;

import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Scope;
import io.triport.domain.request.Method;
import java.util.List;
import java.util.Set;

/**
 * What answers the requests of a method and a path.
 *
 * @param mechanisms by which a caller may prove who he is, in their order; the first that finds a credential decides
 * @param scopes that the caller needs, all of them
 */
public record OnFetch(
        Method method, PathPattern path, List<MechanismName> mechanisms, Set<Scope> scopes, FetchWork work) {
    public OnFetch {
        mechanisms = List.copyOf(mechanisms);
        scopes = Set.copyOf(scopes);
        if (mechanisms.isEmpty()) {
            throw new IllegalArgumentException("mechanisms of " + path + ": none (expected: one or more)");
        }
    }

    /** Its method and its path with the names of variables. */
    public String name() {
        return method + " " + path;
    }
}
