package io.triport.identity.connection;

import io.triport.domain.request.Cidr;
import io.triport.domain.request.InvalidInput;
import java.net.InetAddress;
import java.util.List;

/**
 * The proxies whose word on the client's address is believed ({@code X-Forwarded-For}). An empty list believes none.
 *
 * @param networks setting {@code trusted-proxies}
 */
public record TrustedProxies(List<Cidr> networks) {
    public TrustedProxies {
        networks = List.copyOf(networks);
    }

    /** Whether a connection from there may name another address as its client. */
    public boolean contains(InetAddress address) {
        for (var network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The address to judge a request by: the first one, seen from us, that is not a trusted proxy. An entry that is not an
     * address ends the walk at the proxy that reported it.
     *
     * @param peer the other end of the socket
     * @param forwardedFor values of all {@code X-Forwarded-For} fields, in their order
     */
    public InetAddress client(InetAddress peer, List<String> forwardedFor) {
        var client = peer;
        for (var field = forwardedFor.size() - 1; field >= 0; field--) {
            var hops = forwardedFor.get(field).split(",", -1);
            for (var hop = hops.length - 1; hop >= 0; hop--) {
                if (!contains(client)) {
                    return client;
                }
                try {
                    client = Cidr.literal(withoutPort(hops[hop].strip()));
                } catch (InvalidInput e) {
                    return client;
                }
            }
        }
        return client;
    }

    // Some proxies add the port: 192.0.2.7:4711, [2001:db8::7]:4711.
    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            var close = hop.indexOf(']');
            return close < 0 ? hop : hop.substring(1, close);
        }
        var colon = hop.indexOf(':');
        return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }
}
