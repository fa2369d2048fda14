package io.triport.identity.limit;

import io.triport.identity.config.Value;
import java.util.regex.Pattern;

/**
 * What the owner of a bucket is known by.
 *
 * @param name of the header or claim, else empty
 */
public record LimitKeyPart(Kind kind, String name) {
    static final Value<LimitKeyPart> VALUE =
            new Value<>("principal, ip, ip/64, route, global, header:Name or claim:name", LimitKeyPart::parse);

    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern CLAIM = Pattern.compile("[^\\p{Cntrl}]{1,128}");

    /** A part that a request does not have stands for all requests that do not have it, never for no limit. */
    public enum Kind {
        /** Mechanism, issuer and id of who asks. */
        PRINCIPAL,
        /** The client's address. */
        IP,
        /** The first 64 bits of an IPv6 address, which one caller owns whole; an IPv4 address as it is. */
        IP_64,
        ROUTE,
        /** One bucket for everybody. */
        GLOBAL,
        HEADER,
        CLAIM
    }

    /** @throws IllegalArgumentException for another text */
    public static LimitKeyPart parse(String text) {
        return switch (text) {
            case "principal" -> new LimitKeyPart(Kind.PRINCIPAL, "");
            case "ip" -> new LimitKeyPart(Kind.IP, "");
            case "ip/64" -> new LimitKeyPart(Kind.IP_64, "");
            case "route" -> new LimitKeyPart(Kind.ROUTE, "");
            case "global" -> new LimitKeyPart(Kind.GLOBAL, "");
            default -> named(text);
        };
    }

    /** As a configuration writes it. */
    public String text() {
        return switch (kind) {
            case PRINCIPAL -> "principal";
            case IP -> "ip";
            case IP_64 -> "ip/64";
            case ROUTE -> "route";
            case GLOBAL -> "global";
            case HEADER -> "header:" + name;
            case CLAIM -> "claim:" + name;
        };
    }

    private static LimitKeyPart named(String text) {
        var colon = text.indexOf(':');
        var name = text.substring(colon + 1);
        return switch (text.substring(0, Math.max(0, colon))) {
            case "header" -> new LimitKeyPart(Kind.HEADER, matching(name, HEADER));
            case "claim" -> new LimitKeyPart(Kind.CLAIM, matching(name, CLAIM));
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static String matching(String name, Pattern pattern) {
        if (!pattern.matcher(name).matches()) {
            throw new IllegalArgumentException(name);
        }
        return name;
    }
}
