package io.triport.identity.outbound;

import io.triport.domain.request.Cidr;
import io.triport.domain.request.ServiceAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The addresses to which we connect where a user has named the server: public ones, and others only where the operator lists them.
 * Link-local and multicast addresses cannot be listed, since clouds keep credentials behind them. Immutable.
 *
 * <p>What is not public is said by IANA's special-purpose address registries (RFC 6890).
 */
public final class Destinations {
    /** Never, whatever is listed. */
    private static final List<Cidr> NEVER =
            blocks("169.254.0.0/16", "224.0.0.0/4", "0.0.0.0/8", "255.255.255.255", "ff00::/8", "fe80::/10", "::");

    /** Of the fourth version all addresses are public but these. */
    private static final List<Cidr> PRIVATE = blocks(
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "240.0.0.0/4");

    /** Of the sixth version only these are public, */
    private static final Cidr GLOBAL = Cidr.parse("2000::/3");

    /** without those that hold an address of the fourth version, or are for protocols and documents. */
    private static final List<Cidr> NOT_GLOBAL = blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private final List<Cidr> listed;

    /** @param listed beside the public ones */
    public Destinations(List<Cidr> listed) {
        this.listed = List.copyOf(listed);
    }

    /**
     * The one address to connect to. A name of which any address is not allowed is not allowed.
     *
     * @throws UnknownHostException where the name has none
     * @throws ForbiddenDestination where one of them is not for users
     */
    public InetAddress choose(String host) throws UnknownHostException, ForbiddenDestination {
        var all = InetAddress.getAllByName(host);
        for (var address : all) {
            if (!allows(address)) {
                throw new ForbiddenDestination();
            }
        }
        return all[0];
    }

    /** Whether we connect to it. An address of the fourth version that is written in the sixth is what it stands for. */
    public boolean allows(InetAddress address) {
        if (!ServiceAddress.possible(address) || within(NEVER, address)) {
            return false;
        }
        return publicly(address) || within(listed, address);
    }

    private static boolean publicly(InetAddress address) {
        return address.getAddress().length == 4
                ? !within(PRIVATE, address)
                : GLOBAL.contains(address) && !within(NOT_GLOBAL, address);
    }

    private static boolean within(List<Cidr> blocks, InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    private static List<Cidr> blocks(String... texts) {
        return Stream.of(texts).map(Cidr::parse).toList();
    }
}
