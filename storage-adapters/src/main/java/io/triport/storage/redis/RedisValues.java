package io.triport.storage.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The server of entries. The monitor guards the connection, which many threads use at once, or the attempt at one.
 *
 * <p>The client must not reconnect by itself: it would send again what was under way, and so might do it twice.
 */
final class RedisValues {
    private static final Pattern EVICTING = Pattern.compile("maxmemory_policy:(allkeys-[a-z]+)");

    private final RedisClient client;
    private @Nullable FutureTask<StatefulRedisConnection<byte[], byte[]>> connection;

    RedisValues(RedisClient client) {
        this.client = client;
    }

    /** Looks at the server as far as it is there. @throws StorageFailure.Rejected as below */
    void look() {
        connection();
    }

    /** What only looks. */
    List<Object> seen(byte[] script, Arguments arguments) {
        return called(script, arguments, FailureCode.UNAVAILABLE);
    }

    /** What may have happened where no answer came. */
    List<Object> done(byte[] script, Arguments arguments) {
        return called(script, arguments, FailureCode.OUTCOME_UNKNOWN);
    }

    /** The same of a script that answers with a number. */
    long number(byte[] script, Arguments arguments) {
        Long number = answered(
                commands -> commands.eval(script, ScriptOutputType.INTEGER, ValueKeys.ALL, arguments.toArray()),
                FailureCode.OUTCOME_UNKNOWN);
        return number == null ? 0 : number;
    }

    /** A plain command that only looks. */
    <R> R seen(Function<RedisCommands<byte[], byte[]>, R> work) {
        return answered(work, FailureCode.UNAVAILABLE);
    }

    private List<Object> called(byte[] script, Arguments arguments, FailureCode unanswered) {
        return answered(
                commands -> commands.eval(script, ScriptOutputType.MULTI, ValueKeys.ALL, arguments.toArray()),
                unanswered);
    }

    private <R> R answered(Function<RedisCommands<byte[], byte[]>, R> work, FailureCode unanswered) {
        var commands = connection().sync();
        try {
            return work.apply(commands);
        } catch (RedisException | CancellationException e) {
            throw RedisFailures.of(e, unanswered);
        }
    }

    /**
     * All who wait for a connection wait for the same attempt, and not one after the other.
     *
     * @throws StorageFailure.Rejected UNSUPPORTED for a server that removes keys as it likes: the order of keys would go, and the
     *     keys stay
     */
    private StatefulRedisConnection<byte[], byte[]> connection() {
        var attempt = attempt();
        // Does nothing where another one does it, or has done it.
        attempt.run();
        try {
            return attempt.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StorageFailure failure ? failure : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "redis: interrupted", e);
        }
    }

    private synchronized FutureTask<StatefulRedisConnection<byte[], byte[]>> attempt() {
        var last = connection;
        if (last == null || isOver(last)) {
            last = new FutureTask<>(this::open);
            connection = last;
        }
        return last;
    }

    private static boolean isOver(FutureTask<StatefulRedisConnection<byte[], byte[]>> last) {
        return switch (last.state()) {
            case RUNNING -> false;
            case SUCCESS -> !last.resultNow().isOpen();
            case FAILED, CANCELLED -> true;
        };
    }

    private StatefulRedisConnection<byte[], byte[]> open() {
        try {
            var fresh = client.connect(ByteArrayCodec.INSTANCE);
            requireNoEviction(fresh);
            return fresh;
        } catch (RedisException e) {
            throw RedisFailures.unconnected(e);
        }
    }

    private static void requireNoEviction(StatefulRedisConnection<byte[], byte[]> fresh) {
        var kept = false;
        try {
            var policy = EVICTING.matcher(memory(fresh));
            if (policy.find()) {
                throw new StorageFailure.Rejected(
                        FailureCode.UNSUPPORTED,
                        "redis: maxmemory-policy " + policy.group(1) + " (expected: noeviction, for namespaces)");
            }
            kept = true;
        } finally {
            if (!kept) {
                fresh.closeAsync();
            }
        }
    }

    /** Empty for a user who may not ask. */
    private static String memory(StatefulRedisConnection<byte[], byte[]> fresh) {
        try {
            return fresh.sync().info("memory");
        } catch (RedisCommandExecutionException e) {
            return "";
        }
    }

    /** What a script is given, in the order of its arguments. */
    static final class Arguments {
        private final List<byte[]> all = new ArrayList<>();

        Arguments with(Bytes bytes) {
            all.add(bytes.toByteArray());
            return this;
        }

        Arguments with(long number) {
            return with(Long.toString(number));
        }

        Arguments with(String ascii) {
            all.add(CacheKeys.bytes(ascii));
            return this;
        }

        private byte[][] toArray() {
            return all.toArray(byte[][]::new);
        }
    }
}
