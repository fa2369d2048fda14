package io.triport.identity.connection;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Open connections of one server, in all and per client address. Safe for many threads: its own lock guards all. */
final class ConnectionCount {
    /*
     * Above the limit
     *
     * Who closes connections and opens others at once is often seen to open before it is seen to close. And a client that
     * is only hung up on never learns why. So a connection above the limit may wait beside it until its first request is
     * there: then it gets the place of one that has left meanwhile, or it is told no. Those that we have hung up on
     * ourselves wait there for their end too. Nobody waits beside the limit in larger numbers than within it; above that, and
     * above an eighth of all, a connection is closed unheard.
     */
    private static final int IPV6_HOST_PART = 8;
    private static final int WITHIN_FOR_ONE_BESIDE = 8;

    private final Supplier<EdgeLimits.Connections> limits;
    private final TrustedProxies proxies;
    private final Map<InetAddress, Tally> perNetwork = new HashMap<>();
    private final Tally all = new Tally();

    ConnectionCount(EdgeLimits.Connections limits, TrustedProxies proxies) {
        this(() -> limits, proxies);
    }

    /** @param limits which may become others; who is there stays */
    ConnectionCount(Supplier<EdgeLimits.Connections> limits, TrustedProxies proxies) {
        this.limits = limits;
        this.proxies = proxies;
    }

    /** One more connection from there, until it has {@link Visit#left}; empty when it may not even wait. */
    synchronized Optional<Visit> enter(InetAddress address) {
        var visit = new Visit(network(address), share(address));
        return visit.enterWithin() || visit.enterBeside() ? Optional.of(visit) : Optional.empty();
    }

    /** A trusted proxy carries the connections of many clients. */
    private int share(InetAddress address) {
        return proxies.contains(address) ? Integer.MAX_VALUE : limits.get().perAddress();
    }

    /** Connections within the limit. */
    synchronized int open() {
        return all.within;
    }

    /** Addresses that have a connection. */
    synchronized int networks() {
        return perNetwork.size();
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

    /** One connection. */
    final class Visit {
        private InetAddress network;
        private int share;
        private Standing standing = Standing.GONE;

        /** @param share of its network */
        private Visit(InetAddress network, int share) {
            this.network = network;
            this.share = share;
        }

        /** Whether its requests may be served. Asked anew it may be, when another has left. */
        boolean within() {
            synchronized (ConnectionCount.this) {
                return standing == Standing.WITHIN || standing == Standing.BESIDE && moveWithin();
            }
        }

        /** From now on it counts as that client's and not as the proxy's. @return whether it may wait at least, as after enter */
        boolean handedOn(InetAddress client) {
            synchronized (ConnectionCount.this) {
                if (standing == Standing.GONE) {
                    return false;
                }
                leave(standing);
                standing = Standing.GONE;
                network = network(client);
                share = share(client);
                return enterWithin() || enterBeside();
            }
        }

        /** Makes room for others, if it can, because nothing is served here any more. */
        void ends() {
            synchronized (ConnectionCount.this) {
                if (standing == Standing.WITHIN && enterBeside()) {
                    leave(Standing.WITHIN);
                }
            }
        }

        /** The connection is closed. Telling it again does nothing. */
        void left() {
            synchronized (ConnectionCount.this) {
                leave(standing);
                standing = Standing.GONE;
            }
        }

        private boolean moveWithin() {
            var moved = enterWithin();
            if (moved) {
                leave(Standing.BESIDE);
            }
            return moved;
        }

        private boolean enterWithin() {
            var own = tally();
            if (all.within >= limits.get().total() || own.within >= share) {
                return false;
            }
            all.within++;
            own.within++;
            perNetwork.put(network, own);
            standing = Standing.WITHIN;
            return true;
        }

        private boolean enterBeside() {
            var own = tally();
            if (all.beside >= Math.ceilDiv(limits.get().total(), WITHIN_FOR_ONE_BESIDE) || own.beside >= share) {
                return false;
            }
            all.beside++;
            own.beside++;
            perNetwork.put(network, own);
            standing = Standing.BESIDE;
            return true;
        }

        private void leave(Standing left) {
            if (left == Standing.GONE) {
                return;
            }
            var own = tally();
            all.leave(left);
            own.leave(left);
            if (own.within + own.beside == 0) {
                perNetwork.remove(network);
            }
        }

        private Tally tally() {
            return perNetwork.getOrDefault(network, new Tally());
        }
    }

    private enum Standing {
        WITHIN,
        BESIDE,
        GONE
    }

    private static final class Tally {
        private int within;
        private int beside;

        private void leave(Standing left) {
            if (left == Standing.WITHIN) {
                within--;
            } else {
                beside--;
            }
        }
    }
}
