package io.triport.identity.socket;

import io.triport.identity.handler.PathPattern;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The paths of WebSockets, the more particular first. Safe for many threads. */
public final class SocketRoutes {
    private final List<OnSocket> sockets;

    /** @throws IllegalArgumentException where two have the same path */
    public SocketRoutes(List<OnSocket> sockets) {
        this.sockets =
                sockets.stream().sorted(Comparator.comparing(OnSocket::path)).toList();
        var seen = new HashSet<PathPattern>();
        for (var socket : sockets) {
            if (!seen.add(socket.path())) {
                throw new IllegalArgumentException("socket: " + socket.path() + " (expected: once)");
            }
        }
    }

    /** @param variables of the path, as they were sent */
    record Found(OnSocket socket, Map<String, String> variables) {}

    /** @param path as it was sent, without what stands before all */
    Optional<Found> find(String path) {
        if (!path.startsWith("/")) {
            return Optional.empty();
        }
        var parts = path.substring(1).split("/", -1);
        return sockets.stream()
                .flatMap(socket -> socket.path().match(parts).stream().map(variables -> new Found(socket, variables)))
                .findFirst();
    }

    List<OnSocket> sockets() {
        return sockets;
    }
}
