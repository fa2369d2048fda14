package io.triport.storage.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.triport.domain.identity.Secret;
import io.triport.domain.storage.StorageSettings;
import io.triport.testkit.RedisProcess;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A server of one's own, as settings name it, which a test stops and starts again. */
public final class RedisServer implements AutoCloseable {
    private final RedisProcess process;
    private final String password;

    private RedisServer(RedisProcess process, String password) {
        this.process = process;
        this.password = password;
    }

    /** A running server, or an aborted test where there is none to run. */
    public static RedisServer start() {
        return start("");
    }

    /** @param password that clients must give, empty for none */
    public static RedisServer start(String password) {
        return new RedisServer(RedisProcess.start(password), password);
    }

    public StorageSettings.Redis address() {
        return new StorageSettings.Redis(process.address(), Secret.of(password));
    }

    /** One command of an operator's, answered. */
    <R> R asked(Function<RedisCommands<String, String>, R> command) {
        var client = RedisClient.create(process.address());
        // Keys have bytes in them that are no text.
        try (var connection = client.connect(new StringCodec(StandardCharsets.ISO_8859_1))) {
            return command.apply(connection.sync());
        } finally {
            // Not waited for: it may never come to its end.
            client.shutdownAsync(0, 1, TimeUnit.SECONDS);
        }
    }

    /** Forgets all that it keeps. */
    void empty() {
        asked(RedisCommands::flushall);
    }

    void resume() {
        process.resume();
    }

    void stop() {
        process.stop();
    }

    @Override
    public void close() {
        process.close();
    }
}
