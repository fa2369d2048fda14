package io.triport.identity.edge;

import io.triport.domain.request.Cidr;
import io.triport.domain.request.Headers;
import io.triport.domain.request.InvalidInput;
import java.net.InetAddress;
import java.util.List;

/**
 * Who the client is when proxies stand between: the last address of {@code X-Forwarded-For} that no trusted proxy has. The
 * field is believed only from a peer that is trusted itself.
 */
final class ClientAddress {
    private final List<Cidr> trusted;

    ClientAddress(List<Cidr> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    InetAddress of(InetAddress peer, Headers headers) {
        if (trusted.isEmpty() || !trusts(peer)) {
            return peer;
        }
        var hops = String.join(",", headers.all("x-forwarded-for")).split(",");
        var client = peer;
        for (var i = hops.length - 1; i >= 0; i--) {
            try {
                client = Cidr.literal(hops[i].strip());
            } catch (InvalidInput e) {
                return client;
            }
            if (!trusts(client)) {
                return client;
            }
        }
        return client;
    }

    private boolean trusts(InetAddress address) {
        return trusted.stream().anyMatch(cidr -> cidr.contains(address));
    }
}
