package io.triport.storage.redis;

import io.triport.domain.cache.ResponseCaches;
import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.SharedRateLimiter;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.storage.StorageSettings;
import io.triport.domain.time.Randomness;
import io.triport.storage.response.Bodies;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client of one server. */
public final class OpenRedis implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final RedisConnection connection;
    private final SharedRateLimiter limiter;
    private final Clock clock;

    private OpenRedis(RedisConnection connection, SharedRateLimiter limiter, Clock clock) {
        this.connection = connection;
        this.limiter = limiter;
        this.clock = clock;
    }

    /** For what may be done without. Does not connect yet: what may vanish must not keep an app from starting. */
    public static OpenRedis open(StorageSettings.Redis server, Clock clock) {
        return open(server, PATIENCE, RedisConnection.Lost.MADE_AGAIN, clock);
    }

    /**
     * For {@link #namespaces}. Does not connect yet.
     *
     * @param patience how long a command waits for its answer
     */
    public static OpenRedis openForNamespaces(StorageSettings.Redis server, Duration patience, Clock clock) {
        return open(server, patience, RedisConnection.Lost.LEFT, clock);
    }

    private static OpenRedis open(
            StorageSettings.Redis server, Duration patience, RedisConnection.Lost lost, Clock clock) {
        var connection = RedisConnection.to(server, patience, lost);
        return new OpenRedis(connection, new RedisRateLimiter(connection, clock), clock);
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
        return new RedisResponseCaches(connection, most, largest, clock, randomness);
    }

    /**
     * Namespaces of a server that was opened for them, the same for all who open it. Volatile.
     *
     * @param cursors the seal of listings, which has to be the same for all of them
     * @throws StorageFailure.Rejected UNSUPPORTED where the server is there and removes keys as it likes
     */
    public StorageEngine namespaces(CursorSeal cursors, Randomness randomness) {
        var values = new RedisValues(connection);
        try {
            values.look();
        } catch (StorageFailure.Unavailable e) {
            LOG.warn("namespaces away code={} reason={}", e.code(), e.getMessage());
        }
        return new RedisEngine(values, cursors, clock, randomness);
    }

    @Override
    public void close() {
        connection.close();
    }
}
