package io.triport.storage;

import io.triport.domain.cache.ResponseCaches;
import io.triport.domain.storage.CachePlace;
import io.triport.domain.storage.CachePlan;
import io.triport.domain.time.Randomness;
import io.triport.storage.caffeine.CaffeineResponseCaches;
import io.triport.storage.redis.OpenRedis;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Caches where a deployment wants them.
 *
 * @param closing ends what they hold
 */
record OpenCaches(ResponseCaches caches, Runnable closing) implements AutoCloseable {
    /** @param plan null for an app that has no caches */
    static OpenCaches of(@Nullable CachePlan plan, Clock clock, Randomness randomness) {
        if (plan == null) {
            return new OpenCaches(ResponseCaches.none(), () -> {});
        }
        var limits = plan.limits();
        return switch (plan.place()) {
            case CachePlace.Memory here ->
                new OpenCaches(new CaffeineResponseCaches(limits.most(), limits.largest(), clock), () -> {});
            case CachePlace.Shared(var server) -> {
                var redis = OpenRedis.open(server, clock);
                yield new OpenCaches(redis.caches(limits.most(), limits.largest(), randomness), redis::close);
            }
        };
    }

    @Override
    public void close() {
        closing.run();
    }
}
