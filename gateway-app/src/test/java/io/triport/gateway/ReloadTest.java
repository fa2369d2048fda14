package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.identity.config.ConfigError;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakWatch.class)
final class ReloadTest {
    private static final String OLD = "GET /old HTTP/1.1\nHost: a\n\n";

    private static String file(String url, String path) {
        return """
            identity:
              anyone: {type: public}
            upstreams:
              users:
                targets: [{url: "%s"}]
            routes:
              - id: users
                match: {path: %s}
                identity: [anyone]
                upstream: users
            """.formatted(url, path);
    }

    @Test
    void a_newer_file_counts_from_the_next_request_on_and_one_that_is_wrong_changes_nothing() {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = GatewayUnderTest.start(file(upstream.url(), "/old"));
                var client = gateway.connect()) {
            assertThat(client.send("GET /old HTTP/1.1\nHost: a\n\n").reply().status())
                    .isEqualTo(200);

            gateway.reload(file(upstream.url(), "/new"));

            assertThat(client.send("GET /old HTTP/1.1\nHost: a\n\n").reply().status())
                    .isEqualTo(404);
            assertThat(client.send("GET /new HTTP/1.1\nHost: a\n\n").reply().status())
                    .isEqualTo(200);
            assertThat(upstream.connections()).isEqualTo(1);

            for (var wrong : new String[] {"", "nonsense: 1", "routes: 1", "upstreams: {a: {targets: []}}"}) {
                assertThatThrownBy(() -> gateway.reload(wrong)).as(wrong).isInstanceOf(ConfigError.class);
                assertThat(client.send("GET /new HTTP/1.1\nHost: a\n\n").reply().status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void limits_and_timeouts_count_for_the_connections_that_are_opened_after_it() {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = GatewayUnderTest.start(file(upstream.url(), "/old"));
                var older = gateway.connect()) {
            assertThat(older.send(OLD).reply().status()).isEqualTo(200);

            gateway.reload(file(upstream.url(), "/old") + """
                limits: {headerBytes: 1KiB, headerCount: 3, requestLine: 1KiB, rejectedCredentials: 1}
                timeouts: {clientHeader: 2s, keepAliveIdle: 100ms, clientBodyIdle: 100ms}
                """);

            var lengthy = "GET /old HTTP/1.1\nHost: a\nX: " + "x".repeat(2000) + "\n\n";
            assertThat(older.send(lengthy).reply().status()).isEqualTo(200);
            try (var first = gateway.connect()) {
                assertThat(first.send(lengthy).reply().status()).isEqualTo(431);
            }
            assertThat(gateway.send("GET /old" + "x".repeat(2000) + " HTTP/1.1\nHost: a\n\n")
                            .status())
                    .isEqualTo(414);
            try (var idle = gateway.connect()) {
                assertThat(idle.send(OLD).reply().status()).isEqualTo(200);
                assertThat(idle.ended()).isTrue();
            }
            try (var slow = gateway.connect()) {
                assertThat(slow.send("GET /old HTTP/1.1\n").reply().status()).isEqualTo(408);
            }
        }
    }

    @Test
    void a_request_under_way_ends_under_the_configuration_that_it_began_with() throws InterruptedException {
        var arrived = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        try (var upstream = Upstream.doing((request, socket) -> {
                    arrived.countDown();
                    try {
                        answer.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Upstream.write(socket, Upstream.ok("late"));
                });
                var gateway = GatewayUnderTest.start(file(upstream.url(), "/old"));
                var client = gateway.connect()) {
            client.send("GET /old HTTP/1.1\nHost: a\n\n");
            arrived.await();

            gateway.reload(file("http://127.0.0.1:1", "/new"));
            answer.countDown();

            assertThat(client.reply().body()).isEqualTo("late");
        }
    }
}
