package io.triport.storage.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.sync.RedisCommands;
import io.triport.domain.cache.CacheName;
import io.triport.domain.cache.CachePart;
import io.triport.domain.cache.ResponseCache;
import io.triport.domain.cache.ResponseCaches;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.ByteSize;
import io.triport.domain.time.Randomness;
import java.time.Clock;
import java.util.function.Function;

/**
 * Responses on a server that all nodes share, all caches together up to a weight; when it is reached, the oldest go.
 */
final class RedisResponseCaches implements ResponseCaches {
    private final RedisConnection connection;
    private final ByteSize most;
    private final ByteSize largest;
    private final Clock clock;
    private final Randomness randomness;

    RedisResponseCaches(
            RedisConnection connection, ByteSize most, ByteSize largest, Clock clock, Randomness randomness) {
        this.connection = connection;
        this.most = most;
        this.largest = largest;
        this.clock = clock;
        this.randomness = randomness;
    }

    @Override
    public ResponseCache cache(CacheName name, CachePart part) {
        return new RedisResponseCache(this, name, part);
    }

    @Override
    public String adapter() {
        return "redis";
    }

    ByteSize most() {
        return most;
    }

    ByteSize largest() {
        return largest;
    }

    Clock clock() {
        return clock;
    }

    byte[] fresh(int bytes) {
        return randomness.bytes(bytes);
    }

    /** What only looks. */
    <R> R seen(Function<RedisCommands<byte[], byte[]>, R> work) {
        return answered(work, FailureCode.UNAVAILABLE);
    }

    /** What may have happened where no answer came. */
    <R> R done(Function<RedisCommands<byte[], byte[]>, R> work) {
        return answered(work, FailureCode.OUTCOME_UNKNOWN);
    }

    private <R> R answered(Function<RedisCommands<byte[], byte[]>, R> work, FailureCode code) {
        try {
            return work.apply(connection.commands());
        } catch (RedisException e) {
            throw new StorageFailure.Unavailable(code, "redis: no answer", e);
        }
    }
}
