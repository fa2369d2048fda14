package io.triport.storage.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.SharedRateLimiter;
import io.triport.storage.limit.SharedBucket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Buckets as values, shared by all nodes. */
final class RedisRateLimiter implements SharedRateLimiter {
    /*
     * All or none. The states of all charges are read, changed here, and written by a script that writes them only if all are still
     * what was read. Of callers that meet, one always gets through; the others begin again.
     *
     * Keys. The braces keep all buckets in one slot of a cluster, or a script could not see several.
     */
    private static final int MOST_ROUNDS = 1_000;
    private static final byte[] NONE = new byte[0];
    private static final byte[] PREFIX = "triport:{limit}:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NODES = "triport:{limit}:nodes".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SWAP = """
        for i, key in ipairs(KEYS) do
          if (redis.call('GET', key) or '') ~= ARGV[3 * i - 2] then return 0 end
        end
        for i, key in ipairs(KEYS) do
          redis.call('SET', key, ARGV[3 * i - 1], 'PX', ARGV[3 * i])
        end
        return 1
        """.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SEEN = """
        redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[3])
        redis.call('PEXPIRE', KEYS[1], ARGV[4])
        return redis.call('ZCARD', KEYS[1])
        """.getBytes(StandardCharsets.US_ASCII);

    private final RedisConnection connection;
    private final Clock clock;

    RedisRateLimiter(RedisConnection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    @Override
    public Admission take(List<Charge> charges) {
        var keys = charges.stream().map(RedisRateLimiter::key).toArray(byte[][]::new);
        if (Arrays.stream(keys).map(ByteBuffer::wrap).distinct().count() < keys.length || keys.length == 0) {
            throw new IllegalArgumentException(
                    "charges: " + charges.size() + " (expected: at least one, distinct keys)");
        }
        return answered(commands -> {
            for (var round = 0; round < MOST_ROUNDS; round++) {
                var states = states(commands, keys);
                var buckets = buckets(charges, states);
                var admission = SharedBucket.take(buckets);
                if (admission instanceof Admission.Exhausted || swapped(commands, keys, states, buckets)) {
                    return admission;
                }
            }
            throw new StorageFailure.Unavailable(FailureCode.OVERLOADED, "redis: too many take from one bucket");
        });
    }

    @Override
    public int nodes(String node, Duration silence) {
        var now = clock.millis();
        return answered(commands -> {
            Long count = commands.eval(
                    SEEN,
                    ScriptOutputType.INTEGER,
                    new byte[][] {NODES},
                    node.getBytes(StandardCharsets.UTF_8),
                    number(now),
                    number(now - silence.toMillis()),
                    number(silence.toMillis() * 2));
            return count == null ? 1 : Math.toIntExact(count);
        });
    }

    private List<SharedBucket> buckets(List<Charge> charges, List<byte[]> states) {
        var now = clock.instant();
        var buckets = new ArrayList<SharedBucket>();
        for (var i = 0; i < states.size(); i++) {
            var state = ByteBuffer.wrap(states.get(i));
            var expiresAt = state.hasRemaining() ? state.getLong() : 0;
            var counted = new byte[state.remaining()];
            state.get(counted);
            buckets.add(SharedBucket.of(charges.get(i), counted, expiresAt, now));
        }
        return buckets;
    }

    private static List<byte[]> states(RedisCommands<byte[], byte[]> commands, byte[][] keys) {
        return commands.mget(keys).stream()
                .map(found -> found.getValueOrElse(NONE))
                .toList();
    }

    private boolean swapped(
            RedisCommands<byte[], byte[]> commands, byte[][] keys, List<byte[]> before, List<SharedBucket> buckets) {
        var arguments = new byte[3 * keys.length][];
        for (var i = 0; i < keys.length; i++) {
            var bucket = buckets.get(i);
            var state = bucket.state();
            arguments[3 * i] = before.get(i);
            arguments[3 * i + 1] = ByteBuffer.allocate(Long.BYTES + state.length)
                    .putLong(bucket.expiresAt())
                    .put(state)
                    .array();
            arguments[3 * i + 2] = number(Math.max(1, bucket.expiresAt() - clock.millis()));
        }
        Long done = commands.eval(SWAP, ScriptOutputType.INTEGER, keys, arguments);
        return done != null && done == 1;
    }

    private <R> R answered(Function<RedisCommands<byte[], byte[]>, R> work) {
        try {
            return work.apply(connection.commands());
        } catch (RedisException e) {
            throw new StorageFailure.Unavailable(FailureCode.OUTCOME_UNKNOWN, "redis: no answer", e);
        }
    }

    private static byte[] key(Charge charge) {
        var name = SharedBucket.name(charge);
        return ByteBuffer.allocate(PREFIX.length + name.size())
                .put(PREFIX)
                .put(name.toByteBuffer())
                .array();
    }

    private static byte[] number(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }
}
