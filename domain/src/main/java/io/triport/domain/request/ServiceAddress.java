package io.triport.domain.request;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/** Where a service may be found. Whatever a configuration or a name server says, none is found at the addresses that are refused here. */
public final class ServiceAddress {
    /** Behind which clouds keep what is known of a machine, credentials too, and which are not link-local: AWS by IPv6, Alibaba. */
    private static final List<Cidr> METADATA =
            Stream.of("fd00:ec2::254", "100.100.100.200").map(Cidr::parse).toList();

    private ServiceAddress() {}

    /** Whether it is neither of the local link, nor of many machines, nor of none, nor a cloud's own. */
    public static boolean possible(InetAddress address) {
        return !address.isLinkLocalAddress()
                && !address.isMulticastAddress()
                && !address.isAnyLocalAddress()
                && METADATA.stream().noneMatch(block -> block.contains(address));
    }
}
