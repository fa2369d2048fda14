package io.triport.identity.apikey;

import java.lang.ref.WeakReference;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that brings a table up to date for as long as somebody uses it. Configurations come and go while an app runs, and
 * with them tables; nobody has to remember to close one.
 */
public final class ApiKeyFollower implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger("triport.identity");

    private final WeakReference<ApiKeyTable> table;
    private final ScheduledExecutorService executor;

    ApiKeyFollower(WeakReference<ApiKeyTable> table, ScheduledExecutorService executor) {
        this.table = table;
        this.executor = executor;
    }

    /** Reads the store now, and from now on. @return the table */
    public static ApiKeyTable follow(ApiKeyTable table) {
        var executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("api-keys").daemon().factory());
        var follower = new ApiKeyFollower(new WeakReference<>(table), executor);
        follower.run();
        var every = ApiKeyTable.EVERY.toMillis();
        executor.scheduleWithFixedDelay(follower, every, every, TimeUnit.MILLISECONDS);
        return table;
    }

    /** One step. Whatever the store throws: it must be asked again. */
    @Override
    public void run() {
        var used = table.get();
        if (used == null) {
            executor.shutdown();
            return;
        }
        try {
            used.follow();
        } catch (RuntimeException e) {
            LOG.error("API keys cannot be read", e);
        }
    }
}
