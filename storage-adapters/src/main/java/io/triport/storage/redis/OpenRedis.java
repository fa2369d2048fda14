package io.triport.storage.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.triport.domain.cache.ResponseCaches;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.SharedRateLimiter;
import io.triport.domain.storage.StorageSettings;
import io.triport.domain.time.Randomness;
import io.triport.storage.response.Bodies;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/** A client of one server. */
public final class OpenRedis implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final RedisClient client;
    private final SharedRateLimiter limiter;
    private final Clock clock;

    private OpenRedis(RedisClient client, SharedRateLimiter limiter, Clock clock) {
        this.client = client;
        this.limiter = limiter;
        this.clock = clock;
    }

    /** Does not connect yet: what may vanish must not keep an app from starting. */
    public static OpenRedis open(StorageSettings.Redis server, Clock clock) {
        var uri = RedisURI.create(server.address());
        uri.setTimeout(PATIENCE);
        if (server.password().size() > 0) {
            var password = server.password().use(bytes -> new String(bytes, StandardCharsets.UTF_8));
            uri.setCredentialsProvider(RedisCredentialsProvider.from(() -> RedisCredentials.just(null, password)));
        }
        var client = RedisClient.create(uri);
        client.setOptions(ClientOptions.builder()
                // Commands that wait for a connection would be answered when nobody asks any more.
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder().connectTimeout(PATIENCE).build())
                .timeoutOptions(TimeoutOptions.enabled(PATIENCE))
                .build());
        return new OpenRedis(client, new RedisRateLimiter(client, clock), clock);
    }

    public SharedRateLimiter limiter() {
        return limiter;
    }

    /**
     * Responses that all nodes share. A server keeps one set of them, whoever asks.
     *
     * @param most what all responses together may weigh, without what the server itself takes
     * @param largest bytes of one body, at most 512 MiB
     */
    public ResponseCaches caches(ByteSize most, ByteSize largest, Randomness randomness) {
        Bodies.requirePossible(largest);
        return new RedisResponseCaches(client, most, largest, clock, randomness);
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, PATIENCE);
    }
}
