package io.triport.gateway.pool;

import io.triport.domain.request.Cidr;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.time.Ticker;
import io.triport.gateway.config.TargetSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Addresses of the hosts that the configuration names, asked for off the event loop and remembered for a while. The address that
 * is handed out is the one that is connected to, and none that no service may have is. Safe for many threads.
 */
public final class Names {
    private static final long FRESH_NANOS = Duration.ofSeconds(30).toNanos();

    private final ConcurrentHashMap<String, Known> known = new ConcurrentHashMap<>();
    private final AtomicInteger turns = new AtomicInteger();
    private final Executor asking;
    private final Ticker ticker;
    private final Lookup lookup;

    /** Asks the system; may block. */
    public interface Lookup {
        InetAddress[] all(String host) throws UnknownHostException;
    }

    /** @param asking runs what blocks */
    public Names(Executor asking, Ticker ticker, Lookup lookup) {
        this.asking = asking;
        this.ticker = ticker;
        this.lookup = lookup;
    }

    private record Known(List<InetAddress> addresses, long at) {}

    /** Hands one address to the callback on the executor, an empty list when there is none that may be used. */
    public void resolve(String host, Executor back, Consumer<List<InetAddress>> callback) {
        var literal = literal(host);
        if (!literal.isEmpty()) {
            callback.accept(allowed(literal));
            return;
        }
        var remembered = known.get(host);
        if (remembered != null && ticker.nanos() - remembered.at() < FRESH_NANOS) {
            callback.accept(one(remembered.addresses()));
            return;
        }
        asking.execute(() -> {
            var found = ask(host);
            back.execute(() -> callback.accept(one(found)));
        });
    }

    private List<InetAddress> ask(String host) {
        try {
            var found = allowed(List.of(lookup.all(host)));
            known.put(host, new Known(found, ticker.nanos()));
            return found;
        } catch (UnknownHostException e) {
            var before = known.get(host);
            return before == null ? List.of() : before.addresses();
        }
    }

    private List<InetAddress> one(List<InetAddress> addresses) {
        return addresses.isEmpty()
                ? addresses
                : List.of(addresses.get(Math.floorMod(turns.getAndIncrement(), addresses.size())));
    }

    private static List<InetAddress> allowed(List<InetAddress> addresses) {
        var allowed = new ArrayList<InetAddress>();
        for (var address : addresses) {
            if (TargetSettings.reachable(address)) {
                allowed.add(address);
            }
        }
        return List.copyOf(allowed);
    }

    private static List<InetAddress> literal(String host) {
        if (host.indexOf(':') < 0 && !Character.isDigit(host.charAt(host.length() - 1))) {
            return List.of();
        }
        try {
            return List.of(Cidr.literal(host));
        } catch (InvalidInput e) {
            return List.of();
        }
    }
}
