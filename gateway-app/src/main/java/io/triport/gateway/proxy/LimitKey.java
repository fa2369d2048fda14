package io.triport.gateway.proxy;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Principal;
import io.triport.identity.limit.LimitKeyPart;
import io.triport.identity.limit.NamedLimit;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** Whose count a request is charged to. Parts are joined with their lengths, so that no two owners share a key by accident. */
final class LimitKey {
    private static final int NETWORK_BYTES = 8;

    private LimitKey() {}

    /** A part that the request does not have gives the shared count of its kind, never none. */
    static String of(NamedLimit limit, String route, Principal principal, ClientRequest request) {
        var key = new StringBuilder(64);
        for (var part : limit.key()) {
            var value = value(part, route, principal, request);
            key.append(part.kind().ordinal())
                    .append('/')
                    .append(value.length())
                    .append(':')
                    .append(value);
        }
        return key.toString();
    }

    private static String value(LimitKeyPart part, String route, Principal principal, ClientRequest request) {
        return switch (part.kind()) {
            case PRINCIPAL -> principal.id().unique();
            case IP -> request.addressText();
            case IP_64 -> network(request.address());
            case ROUTE -> route;
            case GLOBAL -> "";
            case HEADER -> request.header(part.name());
            case CLAIM -> claim(principal, part.name());
        };
    }

    private static String claim(Principal principal, String name) {
        return switch (principal.claims().find(name).orElse(new ClaimValue.Nothing())) {
            case ClaimValue.Text(var text) -> "t" + text;
            case ClaimValue.Numeric(var number) -> "n" + number.toPlainString();
            case ClaimValue.Flag(var value) -> "f" + value;
            case ClaimValue.Nothing nothing -> "";
            case ClaimValue.Listing listing -> "";
            case ClaimValue.Members members -> "";
        };
    }

    private static String network(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
                : address.getHostAddress();
    }
}
