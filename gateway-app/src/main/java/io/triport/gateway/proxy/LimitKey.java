package io.triport.gateway.proxy;

import io.triport.domain.identity.Grant;
import io.triport.gateway.config.LimitSettings;
import java.net.Inet6Address;
import java.util.Arrays;
import java.util.HexFormat;

/** Whose count a request is charged to. Parts are joined with their lengths, so that no two owners share a key by accident. */
final class LimitKey {
    private static final int NETWORK_BYTES = 8;

    private LimitKey() {}

    /** A part that the request does not have gives the shared count of its kind, never none. */
    static String of(LimitSettings limit, String route, Grant grant, Exchange exchange) {
        var key = new StringBuilder(64).append(limit.name());
        for (var part : limit.key()) {
            var value = value(part, route, grant, exchange);
            key.append('|')
                    .append(part.charAt(0))
                    .append(value.length())
                    .append(':')
                    .append(value);
        }
        return key.toString();
    }

    private static String value(String part, String route, Grant grant, Exchange exchange) {
        return switch (part) {
            case "principal" -> grant.principal().id().unique();
            case "ip" -> exchange.address().getHostAddress();
            case "ip/64" -> network(exchange);
            case "route" -> route;
            case "global" -> "";
            default -> part.startsWith("header:") ? exchange.header(part.substring("header:".length())) : "";
        };
    }

    private static String network(Exchange exchange) {
        var address = exchange.address();
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
                : address.getHostAddress();
    }
}
