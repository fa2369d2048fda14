package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Targets are asked whether they work, whatever the traffic. */
@ExtendWith(LeakWatch.class)
final class HealthTest {
    private static final String GET = "GET /users/1 HTTP/1.1\nHost: a\n\n";

    /** A target that says of itself what it is told to, and counts how often it was asked. */
    private static final class Patient implements Upstream.Behaviour, AutoCloseable {
        private final Upstream upstream = Upstream.doing(this);
        private final Semaphore asked = new Semaphore(0);
        private final String name;
        private volatile boolean well;
        private volatile boolean silent;

        Patient(String name, boolean well) {
            this.name = name;
            this.well = well;
        }

        @Override
        public void answer(Upstream.Request request, Socket socket) throws IOException {
            if (request.line().startsWith("GET /base/health ")) {
                if (!silent) {
                    Upstream.write(socket, well ? Upstream.ok("") : "HTTP/1.1 500 Oh\r\nContent-Length: 2\r\n\r\nno");
                }
                asked.release();
            } else {
                Upstream.write(socket, Upstream.ok(name));
            }
        }

        /** What it says now has been heard: the first of three may have been asked before, the third was after the second. */
        void judged() throws InterruptedException {
            judged(3);
        }

        void judged(int times) throws InterruptedException {
            asked.drainPermits();
            asked.acquire(times);
        }

        /** The last question before it fell silent has been heard: one more is open. */
        void judgedLast() throws InterruptedException {
            asked.drainPermits();
            asked.acquire();
        }

        @Override
        public void close() {
            upstream.close();
        }
    }

    private static String file(String every, String more, String path, Patient... patients) {
        var targets = new StringBuilder();
        for (var patient : patients) {
            targets.append("{url: \"").append(patient.upstream.url()).append("/base\"},");
        }
        return """
            identity:
              anyone: {type: public}
            upstreams:
              users:
                targets: [%s]
                health: {every: %s, timeout: 1h, unhealthyAfter: 1, healthyAfter: 1}
                %s
            routes:
              - id: users
                match: {path: %s}
                identity: [anyone]
                upstream: users
            """.formatted(targets, every, more, path);
    }

    @Test
    void a_target_that_is_not_well_gets_no_requests_until_it_is() throws InterruptedException {
        try (var well = new Patient("well", true);
                var ill = new Patient("ill", false);
                var gateway = GatewayUnderTest.start(file("10ms", "", "/users", well, ill))) {
            ill.judged();
            for (var i = 0; i < 10; i++) {
                assertThat(gateway.send(GET).body()).isEqualTo("well");
            }

            ill.well = true;
            well.well = false;
            ill.judged();
            well.judged();
            for (var i = 0; i < 10; i++) {
                assertThat(gateway.send(GET).body()).isEqualTo("ill");
            }
        }
    }

    @Test
    void when_none_is_well_requests_are_refused_and_where_panic_is_set_they_go_to_all() throws InterruptedException {
        try (var ill = new Patient("ill", false);
                var gateway = GatewayUnderTest.start(file("10ms", "", "/users", ill))) {
            ill.judged();
            var refused = gateway.send(GET);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body()).contains("\"circuit-open\"");
            assertThat(refused.field("retry-after")).isEqualTo("1");

            gateway.reload(file("10ms", "panic: true", "/users", ill));
            assertThat(gateway.send(GET).body()).isEqualTo("ill");
        }
    }

    @Test
    void what_is_known_of_a_target_outlives_a_reload_that_leaves_it_as_it_is() throws InterruptedException {
        try (var ill = new Patient("ill", false);
                var gateway = GatewayUnderTest.start(file("10ms", "", "/users", ill))) {
            ill.judged();
            ill.silent = true;
            ill.judgedLast();

            gateway.reload(file("10ms", "balance: least-requests", "/users", ill));
            assertThat(gateway.send(GET).status()).isEqualTo(503);

            gateway.reload(file("11ms", "balance: least-requests", "/users", ill));
            assertThat(gateway.send(GET).body()).isEqualTo("ill");
        }
    }

    @Test
    void a_target_that_is_named_no_more_is_asked_no_more() throws InterruptedException {
        try (var old = new Patient("old", true);
                var fresh = new Patient("fresh", true);
                var gateway = GatewayUnderTest.start(file("10ms", "", "/users", old))) {
            old.judged();
            gateway.reload(file("10ms", "", "/users", fresh));
            fresh.judged();
            var asked = old.upstream.seen().size();
            fresh.judged(20);

            assertThat(old.upstream.seen()).hasSizeLessThanOrEqualTo(asked + 1);
        }
    }
}
