package io.triport.identity.log;

import io.triport.domain.identity.Reason;
import io.triport.domain.request.RequestId;
import io.triport.domain.time.Ticker;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which rejected credentials get a line of their own: of those of one address for one reason the first of each second. The others
 * are counted, and their number is told when the second is over. Safe for many threads: the map's own locks guard the counts.
 */
final class RefusalLines {
    /*
     * Bounded, because addresses are the caller's choice. Who finds no place has a line for each of his refusals, so that none is
     * ever left out.
     */
    static final long SECOND = Duration.ofSeconds(1).toNanos();
    static final int MOST = 10_000;

    private final ConcurrentHashMap<Source, Second> seconds = new ConcurrentHashMap<>();
    private final Ticker ticker;

    RefusalLines(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Whose credentials are rejected, and why. */
    record Source(InetAddress peer, String mechanism, Reason reason) {}

    /** Several rejections in one. @param last of their requests */
    record Sum(Source source, RequestId last, long count) {}

    /** @param more since the line of the first, and still to be told of */
    private record Second(long begun, long more, @Nullable RequestId last) {
        boolean over(long now) {
            return now - begun >= SECOND;
        }

        Optional<Sum> sum(Source source) {
            return last == null ? Optional.empty() : Optional.of(new Sum(source, last, more));
        }
    }

    /** Whether this one gets a line; else it is counted. @param due is told what was counted before, if anything */
    boolean first(Source source, RequestId request, Consumer<Sum> due) {
        var now = ticker.nanos();
        if (seconds.size() >= MOST && !seconds.containsKey(source)) {
            return true;
        }
        var told = new ArrayList<Sum>(1);
        var second = seconds.compute(source, (same, before) -> {
            if (before == null || before.over(now)) {
                if (before != null) {
                    before.sum(source).ifPresent(told::add);
                }
                return new Second(now, 0, null);
            }
            return new Second(before.begun(), before.more() + 1, request);
        });
        told.forEach(due);
        return second.last() == null;
    }

    /** What was counted in seconds that are over; forgets them. */
    List<Sum> due() {
        return taken(ticker.nanos());
    }

    /** All that was counted; forgets it. */
    List<Sum> rest() {
        return taken(ticker.nanos() + SECOND);
    }

    private List<Sum> taken(long now) {
        var sums = new ArrayList<Sum>();
        for (var source : seconds.keySet()) {
            seconds.computeIfPresent(source, (same, second) -> {
                if (!second.over(now)) {
                    return second;
                }
                second.sum(source).ifPresent(sums::add);
                return null;
            });
        }
        return sums;
    }
}
