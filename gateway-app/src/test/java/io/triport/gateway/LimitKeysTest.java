package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.identity.launch.Surroundings;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What each setting of a limit changes in who is admitted. */
@ExtendWith(LeakWatch.class)
final class LimitKeysTest {
    private static final int A_CONNECTION_CARRIES = 1_000;

    private final SettableTicker ticker = new SettableTicker();
    private final Upstream upstream = Upstream.answering(Upstream.ok("hello"));

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void a_bucket_holds_its_burst_and_fills_at_its_rate() {
        try (var gateway = start("algorithm: token-bucket, limit: 2, window: 1s, burst: 4, key: [global]")) {
            assertThat(admitted(gateway, 6, "")).isEqualTo(4);
            ticker.advance(Duration.ofMillis(500));
            assertThat(admitted(gateway, 2, "")).isEqualTo(1);
        }
    }

    @Test
    void a_fixed_window_is_empty_at_once_and_a_sliding_one_only_after_its_whole_length() {
        var limit = "limit: 2, window: 60s, key: [global]";
        try (var fixed = start("algorithm: fixed, " + limit);
                var sliding = start(limit);
                var log = start("algorithm: sliding-log, " + limit)) {
            for (var gateway : new GatewayUnderTest[] {fixed, sliding, log}) {
                assertThat(admitted(gateway, 3, "")).isEqualTo(2);
            }

            ticker.advance(Duration.ofSeconds(60));
            // A ring of slots gives back one slot late, a log to the moment.
            assertThat(admitted(log, 3, "")).isEqualTo(2);
            assertThat(admitted(fixed, 3, "")).isEqualTo(2);
            assertThat(admitted(sliding, 3, "")).isZero();
            ticker.advance(Duration.ofSeconds(1));
            assertThat(admitted(sliding, 3, "")).isEqualTo(2);
        }
    }

    @Test
    void a_request_costs_what_is_written_or_what_a_field_says() {
        try (var three = start("limit: 10, window: 60s, key: [global], cost: 3");
                var field = start("limit: 10, window: 60s, key: [global], cost: \"header:X-Cost\"")) {
            assertThat(admitted(three, 5, "")).isEqualTo(3);
            assertThat(admitted(field, 1, "X-Cost: 9\n")).isEqualTo(1);
            assertThat(admitted(field, 2, "")).isEqualTo(1);
        }
    }

    @Test
    void a_route_may_say_what_its_requests_cost_and_none_is_told_less_than_what_the_limit_is() {
        try (var gateway = start("limit: 10, window: 60s, key: [global], cost: 3")) {
            assertThat(admitted("/dear", gateway, 2, "")).isEqualTo(2);
            assertThat(admitted("/dear", gateway, 1, "")).isZero();
            assertThat(admitted("/", gateway, 1, "")).isZero();

            var unknown = gateway.send(get("/", "Authorization: Bearer a.b.c\n"));

            assertThat(unknown.status()).isEqualTo(401);
            assertThat(unknown.fields("ratelimit-policy")).containsExactly("\"one\";q=10;w=60");
            assertThat(unknown.fields("ratelimit")).isEmpty();
        }
    }

    @Test
    void each_part_of_a_key_has_buckets_of_its_own() {
        try (var field = start("limit: 1, window: 60s, key: [\"header:X-Tenant\"]");
                var claim = start("limit: 1, window: 60s, key: [\"claim:tenant\"]");
                var principal = start("limit: 1, window: 60s, key: [principal]");
                var route = start("limit: 1, window: 60s, key: [route]");
                var address = start("limit: 1, window: 60s, key: [ip]");
                var network = start("limit: 1, window: 60s, key: [ip/64]")) {
            assertThat(admitted(field, 2, "X-Tenant: a\n")).isEqualTo(1);
            assertThat(admitted(field, 2, "X-Tenant: b\n")).isEqualTo(1);
            assertThat(admitted(claim, 2, bearer("ann", "a"))).isEqualTo(1);
            assertThat(admitted(claim, 2, bearer("ann", "b"))).isEqualTo(1);
            assertThat(admitted(claim, 1, bearer("bob", "a"))).isZero();
            assertThat(admitted(principal, 2, bearer("ann", "a"))).isEqualTo(1);
            assertThat(admitted(principal, 2, bearer("bob", "a"))).isEqualTo(1);
            assertThat(admitted(principal, 1, bearer("ann", "b"))).isZero();
            assertThat(admitted(route, 2, "")).isEqualTo(1);
            assertThat(admitted("/other", route, 2, "")).isEqualTo(1);
            assertThat(admitted(address, 2, "X-Forwarded-For: 2001:db8::1\n")).isEqualTo(1);
            assertThat(admitted(address, 2, "X-Forwarded-For: 2001:db8::2\n")).isEqualTo(1);
            assertThat(admitted(network, 1, "X-Forwarded-For: 2001:db8::1\n")).isEqualTo(1);
            assertThat(admitted(network, 1, "X-Forwarded-For: 2001:db8::2\n")).isZero();
            assertThat(admitted(network, 1, "X-Forwarded-For: 2001:db8:0:1::2\n"))
                    .isEqualTo(1);
        }
    }

    @Test
    void above_the_buckets_that_are_remembered_the_longest_unused_is_forgotten() {
        try (var few = start("limit: 1, window: 60s, key: [\"header:X-Tenant\"], keys: 1000");
                var many = start("limit: 1, window: 60s, key: [\"header:X-Tenant\"]")) {
            for (var gateway : new GatewayUnderTest[] {few, many}) {
                for (var tenant = 0; tenant < 4_000; tenant += A_CONNECTION_CARRIES) {
                    ask(gateway, tenant);
                }
            }

            assertThat(admitted(few, 1, "X-Tenant: 0\n")).isEqualTo(1);
            assertThat(admitted(many, 1, "X-Tenant: 0\n")).isZero();
        }
    }

    private static void ask(GatewayUnderTest gateway, int first) {
        try (var client = gateway.connect()) {
            for (var tenant = first; tenant < first + A_CONNECTION_CARRIES; tenant++) {
                client.send(get("/", "X-Tenant: " + tenant + "\n"));
                assertThat(client.reply().status()).isEqualTo(200);
            }
        }
    }

    private static int admitted(GatewayUnderTest gateway, int requests, String fields) {
        return admitted("/", gateway, requests, fields);
    }

    private static int admitted(String path, GatewayUnderTest gateway, int requests, String fields) {
        var admitted = 0;
        for (var i = 0; i < requests; i++) {
            var status = gateway.send(get(path, fields)).status();
            assertThat(status).isIn(200, 429);
            admitted += status == 200 ? 1 : 0;
        }
        return admitted;
    }

    private static String get(String path, String fields) {
        return "GET " + path + " HTTP/1.1\nHost: a\n" + fields + "\n";
    }

    private static String bearer(String subject, String tenant) {
        var claims = "{\"sub\":\"" + subject + "\",\"tenant\":\"" + tenant + "\",\"exp\":4102444800}";
        return "Authorization: Bearer " + Tokens.signed(claims, Tokens.SECRET) + "\n";
    }

    private GatewayUnderTest start(String limit) {
        var file = """
            trustedProxies: [127.0.0.1/32]
            identity:
              anyone: {type: public}
              legacy: {type: jwt, issuer: none, audience: none, secret: "${env:JWT_SECRET}", algorithms: [HS256]}
            rateLimits:
              one: {%s}
            upstreams:
              users: {targets: [{url: "%s"}]}
            routes:
              - {id: users, match: {path: /}, identity: [legacy, anyone], rateLimit: [one], upstream: users}
              - {id: other, match: {path: /other}, identity: [anyone], rateLimit: [one], upstream: users}
              - {id: dear, match: {path: /dear}, identity: [anyone], rateLimit: [one], cost: %s, upstream: users}
            """.formatted(limit, upstream.url(), limit.contains("limit: 10,") ? 5 : 1);
        return GatewayUnderTest.start(
                file, Map.of("JWT_SECRET", Tokens.SECRET), Surroundings.real().at(ticker));
    }
}
