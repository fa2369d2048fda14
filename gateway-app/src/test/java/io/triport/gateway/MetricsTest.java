package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.triport.identity.launch.Surroundings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the gateway counts, as monitoring systems read it. */
@ExtendWith(LeakWatch.class)
final class MetricsTest {
    private static final Map<String, String> SECRET = Map.of("JWT_SECRET", Tokens.SECRET);

    private static String file(String url, String mechanisms) {
        return """
            identity:
              anyone: {type: public}
              legacy: {type: jwt, issuer: none, secret: "${env:JWT_SECRET}", algorithms: [HS256], audience: none}
              %s
            rateLimits:
              twice: {algorithm: sliding-window, limit: 2, window: 1h, key: [principal]}
            upstreams:
              users:
                targets: [{url: "%s"}]
            routes:
              - id: open
                match: {path: /open}
                identity: [anyone]
                upstream: users
              - id: closed
                match: {path: /closed}
                identity: [legacy]
                rateLimit: [twice]
                upstream: users
            """.formatted(mechanisms, url);
    }

    private static List<String> lines(GatewayUnderTest gateway, String start) {
        return gateway.bean(PrometheusMeterRegistry.class)
                .scrape()
                .lines()
                .filter(line -> line.startsWith(start))
                .toList();
    }

    private static void get(GatewayUnderTest gateway, String path, String fields) {
        gateway.send("GET " + path + " HTTP/1.1\nHost: a\n" + fields + "\n");
    }

    @Test
    void requests_are_counted_by_what_they_came_to_and_by_no_word_of_a_client() {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = GatewayUnderTest.start(file(upstream.url(), ""), SECRET)) {
            get(gateway, "/open/secret-path", "");
            get(gateway, "/open/secret-path", "");
            get(gateway, "/closed", "");
            get(gateway, "/secret-path", "");
            gateway.send("SECRETMETHOD /open HTTP/1.1\nHost: secret-host\n\n");

            assertThat(lines(gateway, "gateway_requests_total"))
                    .containsExactlyInAnyOrder(
                            "gateway_requests_total{method=\"GET\",outcome=\"allowed\",route=\"open\",status=\"200\"}"
                                    + " 2.0",
                            "gateway_requests_total{method=\"GET\",outcome=\"rejected\",route=\"closed\",status=\"401\"}"
                                + " 1.0",
                            "gateway_requests_total{method=\"GET\",outcome=\"broken\",route=\"-\",status=\"404\"} 1.0",
                            "gateway_requests_total{method=\"OTHER\",outcome=\"allowed\",route=\"open\",status=\"200\"}"
                                    + " 1.0");
            assertThat(lines(gateway, "gateway_request_seconds_count"))
                    .containsExactly("gateway_request_seconds_count 5");
            assertThat(lines(gateway, "gateway_request_seconds_bucket{le=\"+Inf\"}"))
                    .containsExactly("gateway_request_seconds_bucket{le=\"+Inf\"} 5");
            assertThat(lines(gateway, "gateway_upstream_seconds_count"))
                    .containsExactly("gateway_upstream_seconds_count 3");
            assertThat(lines(gateway, "gateway_overhead_seconds_count"))
                    .containsExactly("gateway_overhead_seconds_count 3");
            assertThat(lines(gateway, "").toString()).doesNotContainIgnoringCase("secret");
        }
    }

    @Test
    void decisions_of_identity_and_of_limits_are_counted() {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = GatewayUnderTest.start(file(upstream.url(), ""), SECRET)) {
            var token = "Authorization: Bearer " + Tokens.of("alice") + "\n";
            for (var i = 0; i < 3; i++) {
                get(gateway, "/closed", token);
            }
            get(gateway, "/closed", "Authorization: Bearer a.b.c\n");

            assertThat(lines(gateway, "gateway_identity_total"))
                    .containsExactlyInAnyOrder(
                            "gateway_identity_total{mechanism=\"legacy\",reason=\"-\",result=\"admitted\"} 3.0",
                            "gateway_identity_total{mechanism=\"legacy\",reason=\"token-malformed\",result=\"refused\"}"
                                    + " 1.0");
            assertThat(lines(gateway, "gateway_ratelimit_total"))
                    .contains(
                            "gateway_ratelimit_total{decision=\"admitted\",limit=\"twice\"} 2.0",
                            "gateway_ratelimit_total{decision=\"limited\",limit=\"twice\"} 1.0");
        }
    }

    @Test
    void what_a_limit_lets_pass_while_its_store_is_away_is_counted() {
        var lax = file("%s", "").replace("key: [principal]", "key: [principal], scope: shared, onStoreError: allow");
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = GatewayUnderTest.start(
                        lax.formatted(upstream.url()),
                        SECRET,
                        Surroundings.real().sharing(new AwayLimiter()))) {
            for (var i = 0; i < 5; i++) {
                assertThat(gateway.send("GET /closed HTTP/1.1\nHost: a\nAuthorization: Bearer " + Tokens.of("alice")
                                        + "\n\n")
                                .status())
                        .isEqualTo(200);
            }

            assertThat(lines(gateway, "gateway_ratelimit_uncounted_total"))
                    .containsExactly("gateway_ratelimit_uncounted_total 5.0");
        }
    }

    @Test
    void a_request_that_is_sent_once_more_is_counted_as_one() {
        var times = new AtomicInteger();
        try (var upstream = Upstream.doing((request, socket) -> {
                    if (times.incrementAndGet() == 1) {
                        Upstream.reset(socket);
                    } else {
                        Upstream.write(socket, Upstream.ok("hello"));
                    }
                });
                var gateway = GatewayUnderTest.start(file(upstream.url(), ""), SECRET)) {
            get(gateway, "/open", "");

            assertThat(lines(gateway, "gateway_retries_total")).containsExactly("gateway_retries_total 1.0");
            assertThat(lines(gateway, "gateway_request_seconds_count"))
                    .containsExactly("gateway_request_seconds_count 1");
        }
    }

    @Test
    void what_is_held_now_is_shown() {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = GatewayUnderTest.start(file(upstream.url(), ""), SECRET);
                var client = gateway.connect()) {
            client.send("GET /open HTTP/1.1\nHost: a\n\n").reply();

            assertThat(lines(gateway, "gateway_connections")).containsExactly("gateway_connections 1.0");
            assertThat(lines(gateway, "gateway_audit_queue")).hasSize(1);
            assertThat(lines(gateway, "gateway_audit_dropped_total"))
                    .containsExactly("gateway_audit_dropped_total 0.0");
        }
    }

    @Test
    void targets_and_key_sets_are_shown_while_the_configuration_names_them() {
        var keys = "idp: {type: jwt, issuer: 'https://idp', jwks: 'http://127.0.0.1:1/keys', insecure: true, audience:"
                + " [a], algorithms: [RS256]}";
        try (var gateway = GatewayUnderTest.start(file("http://127.0.0.1:1", keys), SECRET)) {
            assertThat(lines(gateway, "gateway_breaker_state"))
                    .containsExactly("gateway_breaker_state{target=\"http://127.0.0.1:1\",upstream=\"users\"} 0.0");
            assertThat(lines(gateway, "gateway_target_healthy"))
                    .containsExactly("gateway_target_healthy{target=\"http://127.0.0.1:1\",upstream=\"users\"} 1.0");
            assertThat(lines(gateway, "gateway_jwks_age_seconds"))
                    .containsExactly("gateway_jwks_age_seconds{mechanism=\"idp\"} NaN");
            assertThat(lines(gateway, "gateway_jwks_refresh_total")).hasSize(3);
            assertThat(lines(gateway, "gateway_jwks_keys"))
                    .containsExactlyInAnyOrder(
                            "gateway_jwks_keys{mechanism=\"idp\",state=\"used\"} 0.0",
                            "gateway_jwks_keys{mechanism=\"idp\",state=\"dropped\"} 0.0");

            for (var i = 0; i < 5; i++) {
                get(gateway, "/open", "");
            }
            assertThat(lines(gateway, "gateway_breaker_state"))
                    .containsExactly("gateway_breaker_state{target=\"http://127.0.0.1:1\",upstream=\"users\"} 2.0");

            gateway.reload(file("http://127.0.0.1:2", ""));
            assertThat(lines(gateway, "gateway_breaker_state"))
                    .containsExactly("gateway_breaker_state{target=\"http://127.0.0.1:2\",upstream=\"users\"} 0.0");
            assertThat(lines(gateway, "gateway_jwks")).isEmpty();
        }
    }
}
