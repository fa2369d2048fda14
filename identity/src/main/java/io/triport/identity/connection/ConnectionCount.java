package io.triport.identity.connection;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Open connections of one listener, in all and per client address. Safe for many threads: one atomic, one map. */
final class ConnectionCount {
    private static final int IPV6_HOST_PART = 8;

    private final EdgeLimits.Connections limits;
    private final TrustedProxies proxies;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Integer> perNetwork = new ConcurrentHashMap<>();

    ConnectionCount(EdgeLimits.Connections limits, TrustedProxies proxies) {
        this.limits = limits;
        this.proxies = proxies;
    }

    /** Whether one more connection from there may stay open; if so, {@link #left} must follow. */
    boolean enter(InetAddress address) {
        if (open.incrementAndGet() > limits.total() || !enterNetwork(address)) {
            open.decrementAndGet();
            return false;
        }
        return true;
    }

    void left(InetAddress address) {
        open.decrementAndGet();
        if (!proxies.contains(address)) {
            perNetwork.computeIfPresent(network(address), (key, count) -> count == 1 ? null : count - 1);
        }
    }

    int open() {
        return open.get();
    }

    private boolean enterNetwork(InetAddress address) {
        if (proxies.contains(address)) {
            return true; // it carries the connections of many clients
        }
        var entered = new boolean[1];
        perNetwork.compute(network(address), (key, count) -> {
            var now = count == null ? 0 : count;
            entered[0] = now < limits.perAddress();
            return entered[0] ? now + 1 : now;
        });
        return entered[0];
    }

    // A client is given a whole /64 and may take each connection from another address in it.
    private static InetAddress network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        var bytes = address.getAddress();
        Arrays.fill(bytes, bytes.length - IPV6_HOST_PART, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("address of " + bytes.length + " bytes (expected: 16)", e);
        }
    }
}
