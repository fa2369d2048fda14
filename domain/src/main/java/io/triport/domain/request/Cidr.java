package io.triport.domain.request;

import java.net.InetAddress;

/**
 * A block of addresses in CIDR notation (RFC 4632, RFC 4291 section 2.3). Never resolves a name.
 *
 * @param length bits that count, 0..32 or 0..128
 */
public record Cidr(InetAddress network, int length) {
    /** A leading zero means octal to some readers and nothing to others. */
    private static final String IPV4 = "(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}";

    private static final String IPV6 = "([0-9A-Fa-f]{0,4}:)+([0-9A-Fa-f]{0,4}|" + IPV4 + ")";

    public Cidr {
        var bits = network.getAddress().length * Byte.SIZE;
        if (length < 0 || length > bits) {
            throw new InvalidInput("cidr", "a prefix length of 0.." + bits);
        }
    }

    /**
     * Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or an address alone for that one address.
     *
     * @throws InvalidInput for names, for other notations and when bits behind the prefix are set
     */
    public static Cidr parse(String text) {
        var slash = text.indexOf('/');
        var address = literal(slash < 0 ? text : text.substring(0, slash));
        var bits = address.getAddress().length * Byte.SIZE;
        var cidr = new Cidr(address, slash < 0 ? bits : prefixLength(text.substring(slash + 1)));
        for (var bit = cidr.length(); bit < bits; bit++) {
            if (bit(address.getAddress(), bit)) {
                throw new InvalidInput("cidr", "no bits set behind the prefix length");
            }
        }
        return cidr;
    }

    /**
     * Reads an address literal, by the grammar of RFC 3986 section 3.2.2.
     *
     * @throws InvalidInput for anything else, names included
     */
    public static InetAddress literal(String text) {
        if (!text.matches(IPV4) && !text.matches(IPV6)) {
            throw new InvalidInput("address", "an IPv4 or IPv6 literal");
        }
        try {
            // Never asks a name server, which getByName does for 300.0.0.1.
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("address", "an IPv4 or IPv6 literal");
        }
    }

    public boolean contains(InetAddress address) {
        var mine = network.getAddress();
        var other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        var whole = length / Byte.SIZE;
        for (var i = 0; i < whole; i++) {
            if (mine[i] != other[i]) {
                return false;
            }
        }
        var rest = length % Byte.SIZE;
        return rest == 0 || (mine[whole] & 0xFF) >>> (Byte.SIZE - rest) == (other[whole] & 0xFF) >>> (Byte.SIZE - rest);
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + length;
    }

    private static int prefixLength(String text) {
        if (!text.matches("[0-9]{1,3}")) {
            throw new InvalidInput("cidr", "a prefix length of digits");
        }
        return Integer.parseInt(text);
    }

    private static boolean bit(byte[] address, int index) {
        return (address[index / Byte.SIZE] >>> (Byte.SIZE - 1 - index % Byte.SIZE) & 1) == 1;
    }
}
