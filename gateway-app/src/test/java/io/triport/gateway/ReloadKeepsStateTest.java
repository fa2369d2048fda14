package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a newer file says as before goes on as before: counts, breakers, connections, verifications. */
@ExtendWith(LeakWatch.class)
final class ReloadKeepsStateTest {
    private final AtomicInteger status = new AtomicInteger(200);
    private final Upstream upstream =
            Upstream.doing((request, socket) -> Upstream.write(socket, Upstream.answer(status.get(), "upstream")));
    private final GatewayUnderTest gateway = GatewayUnderTest.start(file("", 2), Map.of("JWT_SECRET", Tokens.SECRET));

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void a_limit_that_is_used_up_stays_so_and_one_that_changed_begins_anew() {
        assertThat(get("/limited").status()).isEqualTo(200);
        assertThat(get("/limited").status()).isEqualTo(200);

        gateway.reload(file("  - {id: more, match: {path: /more}, identity: [anyone], upstream: users}", 2));
        assertThat(get("/limited").status()).isEqualTo(429);

        gateway.reload(file("", 3));
        assertThat(get("/limited").status()).isEqualTo(200);
    }

    @Test
    void a_breaker_that_is_open_stays_open_while_its_target_is_the_same() {
        status.set(503);
        for (var i = 0; i < 3; i++) {
            assertThat(get("/open").body()).isEqualTo("upstream");
        }
        assertThat(get("/open").body()).contains("circuit-open");

        gateway.reload(file("  - {id: more, match: {path: /more}, identity: [anyone], upstream: users}", 2));

        assertThat(get("/open").body()).contains("circuit-open");
        assertThat(get("/more").body()).contains("circuit-open");
        gateway.reload(file("", 2).replace("failures: 3", "failures: 4"));
        assertThat(get("/open").body()).isEqualTo("upstream");
    }

    @Test
    void a_connection_of_the_pool_and_one_of_a_client_are_used_on() {
        try (var client = gateway.connect()) {
            for (var i = 0; i < 5; i++) {
                assertThat(client.send("GET /open HTTP/1.1\nHost: a\n\n")
                                .reply()
                                .status())
                        .isEqualTo(200);
                gateway.reload(file(
                        "  - {id: more, match: {path: /more%d}, identity: [anyone], upstream: users}".formatted(i), 2));
            }
        }
        assertThat(upstream.connections()).isEqualTo(1);
    }

    private Client.Reply get(String path) {
        return gateway.send("GET " + path + " HTTP/1.1\nHost: a\n\n");
    }

    private String file(String more, int limit) {
        return """
            identity:
              anyone: {type: public}
            rateLimits:
              all: {limit: %d, window: 1h, key: [global]}
            upstreams:
              users:
                targets: [{url: "%s"}]
                retry: {attempts: 1}
                breaker: {failures: 3, minRequests: 3, errorRate: 1}
            routes:
              - {id: open, match: {path: /open}, identity: [anyone], upstream: users}
              - {id: limited, match: {path: /limited}, identity: [anyone], rateLimit: [all], upstream: users}
            %s
            """.formatted(limit, upstream.url(), more);
    }
}
