package io.triport.identity.connection;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Who is at the other end of a connection: that of the socket, or of whom the proxy at its end speaks. */
public final class PeerAddress {
    private static final AttributeKey<InetAddress> HANDED = AttributeKey.valueOf(PeerAddress.class, "handed");

    private PeerAddress() {}

    /** @param channel a connection, or a stream of one */
    public static InetAddress of(Channel channel) {
        var handed = channel.attr(HANDED).get();
        if (handed != null) {
            return handed;
        }
        if (channel.remoteAddress() instanceof InetSocketAddress socket) {
            var parent = channel.parent();
            return parent != null && parent.hasAttr(HANDED) ? of(parent) : socket.getAddress();
        }
        throw new IllegalStateException("peer: " + channel.remoteAddress() + " (expected: an internet address)");
    }

    static void set(Channel connection, InetAddress handed) {
        connection.attr(HANDED).set(handed);
    }
}
