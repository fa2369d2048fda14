package io.triport.storage.revocation;

import io.triport.domain.identity.RevocationList;
import io.triport.domain.time.Ticker;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A list of what was revoked, with the thread that keeps it up to date. */
public final class Revocations implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("revocations").daemon().factory());
    private final FollowedRevocationList list;

    private Revocations(FollowedRevocationList list) {
        this.list = list;
    }

    /** Reads the source now and from now on, until it is closed. */
    public static Revocations follow(RevocationSource source, Ticker ticker) {
        var revocations = new Revocations(new FollowedRevocationList(source, ticker));
        revocations.follow();
        var every = FollowedRevocationList.AGAIN.toMillis();
        revocations.executor.scheduleWithFixedDelay(revocations::follow, every, every, TimeUnit.MILLISECONDS);
        return revocations;
    }

    public RevocationList list() {
        return list;
    }

    /** Ends the thread; the list grows stale. */
    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** Whatever the source throws: it must be asked again. */
    private void follow() {
        try {
            list.follow();
        } catch (RuntimeException e) {
            LOG.error("revocations cannot be read", e);
        }
    }
}
