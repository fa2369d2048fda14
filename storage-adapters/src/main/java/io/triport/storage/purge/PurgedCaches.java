package io.triport.storage.purge;

import io.triport.domain.cache.CacheName;
import io.triport.domain.cache.CachePart;
import io.triport.domain.cache.ResponseCache;
import io.triport.domain.cache.ResponseCaches;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Caches of one node that do what the purges of all nodes say, at most five seconds later. Safe for many threads. */
public final class PurgedCaches implements ResponseCaches, AutoCloseable {
    /*
     * Five seconds
     *
     * The log is read every second. The age of what is known counts from before the read that brought it, for what was committed
     * before that is in the answer. Where it is above the bound, some purge may have been missed, so every response is a miss until
     * the log was read again: a cache may always have nothing. What is put meanwhile is kept, and what was purged meanwhile goes
     * before anything is given out.
     *
     * A node that comes back so late that purges are forgotten which it has not seen empties its caches.
     */
    static final Duration BOUND = Duration.ofSeconds(5);

    private static final long EVERY_MILLIS = 1_000;

    /** Purges are whoever's, so that any will do. */
    private static final CachePart ANYBODY = new CachePart("purge");

    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");

    private final ResponseCaches here;
    private final Runnable empty;
    private final PurgeLog log;
    private final Ticker ticker;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("cache-purges").daemon().factory());
    /** Guarded by this. */
    private long seen;

    private volatile long readAt;

    private PurgedCaches(ResponseCaches here, Runnable empty, PurgeLog log, Ticker ticker) {
        this.here = here;
        this.empty = empty;
        this.log = log;
        this.ticker = ticker;
        this.readAt = ticker.nanos();
        this.seen = log.after(Long.MAX_VALUE).newest();
    }

    /**
     * Over caches that are empty; until they are told to run they follow when {@link #follow} is called.
     *
     * @param empty takes all out of them
     */
    public static PurgedCaches over(ResponseCaches here, Runnable empty, PurgeLog log, Ticker ticker) {
        return new PurgedCaches(here, empty, log, ticker);
    }

    /** Follows the log from now on, until it is closed. */
    public PurgedCaches running() {
        executor.scheduleWithFixedDelay(this::tryToFollow, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return this;
    }

    @Override
    public ResponseCache cache(CacheName name, CachePart part) {
        return new PurgedCache(here.cache(name, part), name, log, this::blind);
    }

    @Override
    public String adapter() {
        return here.adapter();
    }

    /** Does what was said since the last time. @throws StorageFailure where the log cannot be read */
    public synchronized void follow() {
        var before = ticker.nanos();
        var news = log.after(seen);
        if (seen < news.forgotten()) {
            empty.run();
        }
        for (var entry : news.entries()) {
            here.cache(entry.cache(), ANYBODY).purge(entry.what());
        }
        seen = news.newest();
        readAt = before;
    }

    /** Ends following; soon everything is a miss. */
    @Override
    public void close() {
        executor.shutdownNow();
    }

    private boolean blind() {
        return ticker.nanos() - readAt > BOUND.toNanos();
    }

    /** Whatever the log throws: it must be asked again. */
    private void tryToFollow() {
        var before = blind();
        try {
            follow();
        } catch (RuntimeException e) {
            if (blind() && !before) {
                LOG.warn("purges cannot be read, caches have nothing", e);
            } else {
                LOG.debug("purges cannot be read", e);
            }
        }
    }
}
