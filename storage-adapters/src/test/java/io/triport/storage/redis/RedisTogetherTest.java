package io.triport.storage.redis;

import io.triport.testkit.StorageFixture;
import io.triport.testkit.TogetherContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** None: it declares no units. */
final class RedisTogetherTest extends TogetherContract {
    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected StorageFixture create() {
        server.empty();
        return new RedisFixture(server.address());
    }
}
