package io.triport.storage.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The server of entries.
 *
 * <p>The client must not reconnect by itself: it would send again what was under way, and so might do it twice.
 */
final class RedisValues {
    private static final Pattern EVICTING = Pattern.compile("maxmemory_policy:(allkeys-[a-z]+)");

    private final RedisConnection connection;

    RedisValues(RedisConnection connection) {
        this.connection = connection;
    }

    /** Looks at the server as far as it is there. @throws StorageFailure.Rejected as below */
    void look() {
        commands();
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
        var commands = commands();
        try {
            return work.apply(commands);
        } catch (RedisException | CancellationException e) {
            throw RedisFailures.of(e, unanswered);
        }
    }

    /**
     * @throws StorageFailure.Rejected UNSUPPORTED for a server that removes keys as it likes: the order of keys would go, and the
     *     keys stay
     */
    private RedisCommands<byte[], byte[]> commands() {
        try {
            return connection.commands(RedisValues::requireNoEviction);
        } catch (RedisException e) {
            throw RedisFailures.unconnected(e);
        }
    }

    private static void requireNoEviction(RedisCommands<byte[], byte[]> fresh) {
        var policy = EVICTING.matcher(memory(fresh));
        if (policy.find()) {
            throw new StorageFailure.Rejected(
                    FailureCode.UNSUPPORTED,
                    "redis: maxmemory-policy " + policy.group(1) + " (expected: noeviction, for namespaces)");
        }
    }

    /** Empty for a user who may not ask. */
    private static String memory(RedisCommands<byte[], byte[]> fresh) {
        try {
            return fresh.info("memory");
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
