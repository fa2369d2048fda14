package io.triport.storage.nats;

import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.storage.StorageEngine;
import io.triport.storage.postgresql.AlternatingEngine;
import io.triport.testkit.Ability;
import io.triport.testkit.NatsProcess;
import io.triport.testkit.QueueContract;
import io.triport.testkit.SettableClock;
import io.triport.testkit.StorageFixture;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Two nodes on one stream, as a client behind a load balancer sees them. */
final class TwoNatsNodesQueueTest extends QueueContract {
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
        return "nats-two-nodes";
    }

    @Override
    protected StorageFixture create() {
        return new TwoNodes(new NatsFixture(server));
    }

    private static final class TwoNodes implements StorageFixture {
        private final NatsFixture one;
        private StorageEngine engine;

        TwoNodes(NatsFixture one) {
            this.one = one;
            this.engine = alternating();
        }

        private StorageEngine alternating() {
            return new AlternatingEngine(List.of(one.engine(), one.beside()));
        }

        @Override
        public StorageEngine engine() {
            return engine;
        }

        @Override
        public StorageEngine reopen() {
            one.reopen();
            engine = alternating();
            return engine;
        }

        @Override
        public SettableClock clock() {
            return one.clock();
        }

        @Override
        public StorageEngine beside() {
            return one.beside();
        }

        @Override
        public Set<Ability> abilities() {
            return one.abilities();
        }

        @Override
        public List<Integer> killWhileWriting(NamespaceTitle namespace) {
            return one.killWhileWriting(namespace);
        }

        @Override
        public List<Integer> killWhileSending(QueueDefinition queue) {
            var sent = one.killWhileSending(queue);
            engine = alternating();
            return sent;
        }

        @Override
        public void close() {
            one.close();
        }
    }
}
