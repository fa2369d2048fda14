package io.triport.identity.connection;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.Set;

/**
 * What is peculiar to the ports of an app.
 *
 * @param proxied on which proxies hand connections on, each with a header in front that says for whom
 * @param priorKnowledge on which clients may speak HTTP/2 from the first byte, without TLS
 */
public record ListenerPorts(Set<Integer> proxied, Set<Integer> priorKnowledge) {
    public ListenerPorts {
        proxied = Set.copyOf(proxied);
        priorKnowledge = Set.copyOf(priorKnowledge);
    }

    boolean proxied(Channel connection) {
        return has(proxied, connection);
    }

    boolean priorKnowledge(Channel connection) {
        return has(priorKnowledge, connection);
    }

    private static boolean has(Set<Integer> ports, Channel connection) {
        return connection.localAddress() instanceof InetSocketAddress own && ports.contains(own.getPort());
    }
}
