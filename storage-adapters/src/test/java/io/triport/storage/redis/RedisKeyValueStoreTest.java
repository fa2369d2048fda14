package io.triport.storage.redis;

import io.triport.testkit.KeyValueStoreContract;
import io.triport.testkit.StorageFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class RedisKeyValueStoreTest extends KeyValueStoreContract {
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
    protected String adapter() {
        return "valkey";
    }

    @Override
    protected StorageFixture create() {
        server.empty();
        return new RedisFixture(server.address());
    }
}
