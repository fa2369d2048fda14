package io.triport.storage.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.triport.domain.request.SharedRateLimiter;
import java.time.Clock;
import java.time.Duration;

/** A client of one server. */
public final class RedisLimits implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final RedisClient client;
    private final SharedRateLimiter limiter;

    private RedisLimits(RedisClient client, SharedRateLimiter limiter) {
        this.client = client;
        this.limiter = limiter;
    }

    /**
     * Does not connect yet: limits must not keep an app from starting.
     *
     * @param address such as {@code redis://127.0.0.1:6379/0}
     */
    public static RedisLimits open(String address, Clock clock) {
        var uri = RedisURI.create(address);
        uri.setTimeout(PATIENCE);
        var client = RedisClient.create(uri);
        client.setOptions(ClientOptions.builder()
                // Commands that wait for a connection would be answered when nobody asks any more.
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder().connectTimeout(PATIENCE).build())
                .timeoutOptions(TimeoutOptions.enabled(PATIENCE))
                .build());
        return new RedisLimits(client, new RedisRateLimiter(client, clock));
    }

    public SharedRateLimiter limiter() {
        return limiter;
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, PATIENCE);
    }
}
