package io.triport.gateway.proxy;

import io.netty.handler.codec.http.HttpHeaders;
import io.triport.domain.request.Cidr;
import io.triport.domain.request.InvalidInput;
import io.triport.gateway.config.ClientSettings;
import io.triport.identity.policy.AddressSet;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Finds the address of the client behind proxies that are trusted (gateway.md section 7). Immutable. */
public final class ClientAddress {
    private final AddressSet trusted;
    private final ClientSettings.Header header;

    public ClientAddress(ClientSettings settings) {
        this.trusted = AddressSet.of(settings.trusted());
        this.header = settings.header();
    }

    boolean trusts(InetAddress peer) {
        return trusted.contains(peer);
    }

    /** @param peer the other end of the socket */
    InetAddress of(InetAddress peer, HttpHeaders headers) {
        if (!trusts(peer)) {
            return peer;
        }
        var values = headers.getAll(header.field());
        return switch (header) {
            case X_FORWARDED_FOR -> walk(peer, values, false);
            case FORWARDED -> walk(peer, values, true);
            case CF_CONNECTING_IP, X_REAL_IP ->
                values.size() == 1 ? parse(values.getFirst()).orElse(peer) : peer;
        };
    }

    /** From right to left to the first that is not trusted; what is no address ends the walk at the last good one. */
    private InetAddress walk(InetAddress peer, List<String> values, boolean pairs) {
        var client = peer;
        for (var field = values.size() - 1; field >= 0; field--) {
            var entries = values.get(field).split(",", -1);
            for (var i = entries.length - 1; i >= 0; i--) {
                var entry = pairs ? forwardedFor(entries[i]) : entries[i].strip();
                var next = parse(entry);
                if (next.isEmpty()) {
                    return client;
                }
                client = next.get();
                if (!trusts(client)) {
                    return client;
                }
            }
        }
        return client;
    }

    /** The value of {@code for} (RFC 7239 section 4), unquoted; a text that is no address when there is none. */
    private static String forwardedFor(String element) {
        for (var pair : element.split(";", -1)) {
            var text = pair.strip();
            if (text.regionMatches(true, 0, "for=", 0, 4)) {
                var value = text.substring(4);
                return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                        ? value.substring(1, value.length() - 1)
                        : value;
            }
        }
        return "";
    }

    private static Optional<InetAddress> parse(String text) {
        try {
            return Optional.of(Cidr.literal(withoutPort(text.strip())));
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    private static String withoutPort(String text) {
        if (text.startsWith("[")) {
            var close = text.indexOf(']');
            return close < 0 ? text : text.substring(1, close);
        }
        var colon = text.indexOf(':');
        return colon >= 0 && colon == text.lastIndexOf(':') ? text.substring(0, colon) : text;
    }
}
