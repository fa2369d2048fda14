package io.triport.storage;

import io.triport.domain.cache.ResponseCaches;
import io.triport.domain.storage.CachePlace;
import io.triport.domain.storage.CachePlan;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.storage.caffeine.CaffeineResponseCaches;
import io.triport.storage.purge.PurgeLog;
import io.triport.storage.purge.PurgedCaches;
import io.triport.storage.redis.OpenRedis;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Caches where a deployment wants them.
 *
 * @param closing ends what they hold
 */
record OpenCaches(ResponseCaches caches, Runnable closing) implements AutoCloseable {
    /**
     * @param plan null for an app that has no caches
     * @param purges of all nodes; null where there is one node
     */
    static OpenCaches of(
            @Nullable CachePlan plan, @Nullable PurgeLog purges, Clock clock, Ticker ticker, Randomness randomness) {
        if (plan == null) {
            return new OpenCaches(ResponseCaches.none(), () -> {});
        }
        var limits = plan.limits();
        return switch (plan.place()) {
            case CachePlace.Memory here ->
                local(new CaffeineResponseCaches(limits.most(), limits.largest(), clock), purges, ticker);
            case CachePlace.MemoryAndDisk here ->
                local(CaffeineResponseCaches.withDisk(limits, here, clock), purges, ticker);
            case CachePlace.Shared(var server) -> {
                var redis = OpenRedis.open(server, clock);
                yield new OpenCaches(redis.caches(limits.most(), limits.largest(), randomness), redis::close);
            }
        };
    }

    private static OpenCaches local(CaffeineResponseCaches caches, @Nullable PurgeLog purges, Ticker ticker) {
        if (purges == null) {
            return new OpenCaches(caches, caches::close);
        }
        var following = false;
        try {
            var followed =
                    PurgedCaches.over(caches, caches::empty, purges, ticker).running();
            following = true;
            return new OpenCaches(followed, () -> {
                followed.close();
                caches.close();
            });
        } finally {
            if (!following) {
                caches.close();
            }
        }
    }

    @Override
    public void close() {
        closing.run();
    }
}
