package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.identity.config.ConfigError;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakWatch.class)
final class ReloadTest {
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
