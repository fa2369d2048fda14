package io.triport.identity.edge;

import io.triport.domain.time.Ticker;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts rejected credentials per address, so that guessing costs no cryptography. IPv6 is counted per /64, which one caller
 * owns whole. Guarded by the map's own locks; bounded, because addresses are the caller's choice.
 */
public final class FailureLimit {
    private static final long WINDOW = Duration.ofMinutes(1).toNanos();
    /** A full table is walked through this often at most, or filling it would cost more than the cryptography it saves. */
    private static final long SWEEP = Duration.ofSeconds(1).toNanos();

    private static final int MOST_ADDRESSES = 100_000;
    private static final int NETWORK_BYTES = 8;

    private final ConcurrentHashMap<String, Count> counts = new ConcurrentHashMap<>();
    private final Ticker ticker;
    private volatile int most;
    private final AtomicLong nextSweep;

    FailureLimit(Ticker ticker, int most) {
        this.ticker = ticker;
        this.most = most;
        this.nextSweep = new AtomicLong(ticker.nanos());
    }

    /** From now on so many are answered. What was counted counts. @param failures 1 or more */
    public void allow(int failures) {
        most = failures;
    }

    /** How long the address has to wait, zero when it may try. */
    public Duration wait(InetAddress address) {
        if (counts.isEmpty()) {
            return Duration.ZERO;
        }
        var count = counts.get(key(address));
        var age = count == null ? WINDOW : ticker.nanos() - count.since();
        return count == null || age >= WINDOW || count.failures() < most
                ? Duration.ZERO
                : Duration.ofNanos(WINDOW - age);
    }

    /** Counts one. */
    public void failed(InetAddress address) {
        var now = ticker.nanos();
        var due = nextSweep.get();
        if (counts.size() >= MOST_ADDRESSES && now - due >= 0 && nextSweep.compareAndSet(due, now + SWEEP)) {
            counts.values().removeIf(count -> now - count.since() >= WINDOW);
        }
        if (counts.size() < MOST_ADDRESSES || counts.containsKey(key(address))) {
            counts.compute(
                    key(address),
                    (key, count) -> count == null || now - count.since() >= WINDOW
                            ? new Count(now, 1)
                            : new Count(count.since(), count.failures() + 1));
        }
    }

    /** How many addresses are remembered. */
    int addresses() {
        return counts.size();
    }

    private static String key(InetAddress address) {
        var bytes = address.getAddress();
        return HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }

    private record Count(long since, int failures) {}
}
