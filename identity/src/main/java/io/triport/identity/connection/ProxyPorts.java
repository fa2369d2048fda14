package io.triport.identity.connection;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.Set;

/** The ports on which proxies hand connections on, each with a header in front that says for whom. */
public record ProxyPorts(Set<Integer> ports) {
    public ProxyPorts {
        ports = Set.copyOf(ports);
    }

    boolean takes(Channel connection) {
        return connection.localAddress() instanceof InetSocketAddress own && ports.contains(own.getPort());
    }
}
