package io.triport.domain.request;

import java.net.InetAddress;

/**
 * Who is at the other end, as far as the connection tells.
 *
 * @param address behind trusted proxies; what rules about addresses look at
 * @param security of the connection
 * @param socket the other end of the connection itself, which is a proxy's where there is one
 */
public record Peer(InetAddress address, TransportSecurity security, InetAddress socket) {
    /** One without a proxy in between. */
    public Peer(InetAddress address, TransportSecurity security) {
        this(address, security, address);
    }
}
