package io.triport.identity.socket;

import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Scope;
import io.triport.identity.handler.PathPattern;
import java.util.List;
import java.util.Set;

/**
 * What takes the clients that wish for a WebSocket on a path. Requests of the path without that wish are not its business.
 *
 * @param mechanisms by which a caller may prove who he is, in their order; the first that finds a credential decides
 * @param scopes that the caller needs, all of them
 */
public record OnSocket(PathPattern path, List<MechanismName> mechanisms, Set<Scope> scopes, SocketWork work) {
    public OnSocket {
        mechanisms = List.copyOf(mechanisms);
        scopes = Set.copyOf(scopes);
        if (mechanisms.isEmpty()) {
            throw new IllegalArgumentException("mechanisms of " + path + ": none (expected: one or more)");
        }
    }

    /** Its path with the names of variables, as the log has it. */
    public String name() {
        return "SOCKET " + path;
    }
}
