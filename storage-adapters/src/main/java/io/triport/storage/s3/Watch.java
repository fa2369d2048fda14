package io.triport.storage.s3;

import io.netty.channel.EventLoopGroup;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Looks each second at what must not be silent for 30. Safe for many threads. */
final class Watch {
    private static final long SILENCE = Duration.ofSeconds(30).toNanos();

    private final Set<Watched> all = ConcurrentHashMap.newKeySet();
    private final Ticker ticker;

    private Watch(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Something that is waited for. */
    interface Watched {
        /** Since when, by the ticker; the moment of the question where nobody waits. */
        long waitedForSince(long now);

        /** It was silent for too long. */
        void silent();
    }

    static Watch start(EventLoopGroup loops, Ticker ticker) {
        var watch = new Watch(ticker);
        loops.next().scheduleWithFixedDelay(watch::look, 1, 1, TimeUnit.SECONDS);
        return watch;
    }

    long now() {
        return ticker.nanos();
    }

    void add(Watched watched) {
        all.add(watched);
    }

    void remove(Watched watched) {
        all.remove(watched);
    }

    private void look() {
        var now = ticker.nanos();
        for (var each : all) {
            if (now - each.waitedForSince(now) > SILENCE) {
                each.silent();
            }
        }
    }
}
