package io.triport.storage.nats;

import io.triport.testkit.NatsProcess;
import io.triport.testkit.QueueContract;
import io.triport.testkit.StorageFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class NatsQueueTest extends QueueContract {
    private static NatsProcess server;

    @BeforeAll
    static void start() {
        server = NatsProcess.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected String adapter() {
        return "nats";
    }

    @Override
    protected StorageFixture create() {
        return new NatsFixture(server);
    }
}
