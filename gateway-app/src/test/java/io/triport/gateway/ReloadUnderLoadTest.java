package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.identity.config.ConfigError;
import io.triport.testkit.AtOnce;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Files that come and go while clients send as fast as they are answered. */
@ExtendWith(LeakWatch.class)
final class ReloadUnderLoadTest {
    private static final int CLIENTS = 8;
    private static final int REPLIES_PER_FILE = 5;

    @Test
    void no_file_that_is_wrong_and_none_that_is_right_costs_a_request() {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = GatewayUnderTest.start(file(upstream.url(), "first"))) {
            var over = new AtomicBoolean();
            var replies = new Replies();

            var answers = AtOnce.run(
                    CLIENTS + 1,
                    number -> number == CLIENTS
                            ? () -> reload(gateway, upstream.url(), replies, over)
                            : () -> load(gateway, replies, over));

            var routes = answers.stream().flatMap(List::stream).collect(Collectors.toSet());
            assertThat(routes).contains("first", "good-9").allMatch(id -> id.equals("first") || id.startsWith("good-"));
            assertThat(upstream.seen()).hasSizeGreaterThan(40 * REPLIES_PER_FILE);
        }
    }

    /** Forty files that cannot be used, with ten that can between them. */
    private static List<String> reload(GatewayUnderTest gateway, String url, Replies replies, AtomicBoolean over) {
        try {
            for (var round = 0; round < 10; round++) {
                var good = file(url, "good-" + round);
                for (var broken : List.of(
                        good.replace("upstream: users", "upstream: nobody"),
                        good.replace("type: public", "type: publik"),
                        good + "nonsense: true\n",
                        good.substring(0, good.length() - 30) + "\t{")) {
                    assertThatThrownBy(() -> gateway.reload(broken))
                            .isInstanceOf(ConfigError.class)
                            .hasMessageContaining("gateway.yaml");
                    replies.awaitMore(REPLIES_PER_FILE);
                }
                gateway.reload(good);
                replies.awaitMore(REPLIES_PER_FILE);
            }
            return List.of();
        } finally {
            over.set(true);
        }
    }

    /** @return what routes were seen */
    private static List<String> load(GatewayUnderTest gateway, Replies replies, AtomicBoolean over) {
        var routes = new ArrayList<String>();
        try (var client = gateway.connect()) {
            while (!over.get()) {
                var reply = client.send("GET / HTTP/1.1\nHost: a\n\n").reply();
                assertThat(reply.status()).as(reply.body()).isEqualTo(200);
                assertThat(reply.body()).isEqualTo("hello");
                routes.add(reply.field("x-route"));
                replies.count();
            }
        }
        return routes;
    }

    /** Counts answers, and lets somebody wait for some. */
    private static final class Replies {
        private volatile CountDownLatch wanted = new CountDownLatch(0);

        void count() {
            wanted.countDown();
        }

        void awaitMore(int count) {
            var fresh = new CountDownLatch(count);
            wanted = fresh;
            try {
                fresh.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static String file(String url, String id) {
        return """
            identity:
              anyone: {type: public}
            upstreams:
              users: {targets: [{url: "%s"}]}
            routes:
              - {id: users, match: {path: /}, identity: [anyone], upstream: users, headers: {response: {set: {X-Route: %s}}}}
            """.formatted(url, id);
    }
}
