package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What callers of the published worker meet when it is replaced. */
@ExtendWith(LeakWatch.class)
final class SeedTest {
    private final Upstream upstream = Upstream.answering(Upstream.ok("users"));
    private final GatewayUnderTest gateway = GatewayUnderTest.start("triport: {}", settings());

    private Map<String, String> settings() {
        return Map.of("JWT_SECRET", Tokens.SECRET, "ROUTES", "/api/v1/users=" + upstream.url());
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    private Client.Reply get(String path, String authorization) {
        return gateway.send("GET " + path + " HTTP/1.1\nHost: a\n" + authorization + "\n");
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token + "\n";
    }

    @Test
    void a_request_with_a_token_reaches_the_upstream_with_who_sent_it() {
        var reply = get("/api/v1/users/42?full=1", bearer(Tokens.of("alice")) + "X-User-ID: root\nx_user.role: root\n");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.field("x-ratelimit-limit")).isEqualTo("100");
        assertThat(reply.field("x-ratelimit-remaining")).isEqualTo("99");
        assertThat(reply.field("ratelimit-policy")).isEqualTo("\"per-user\";q=100;w=60");
        assertThat(reply.field("x-request-id")).hasSize(36);
        var seen = upstream.seen().getFirst();
        assertThat(seen.line()).isEqualTo("GET /42?full=1 HTTP/1.1");
        assertThat(seen.fields("x-user-id")).containsExactly("alice");
        assertThat(seen.fields("x-user-role")).containsExactly("admin");
        assertThat(seen.field("x-auth-mechanism")).isEqualTo("seed");
        assertThat(seen.field("x-request-id")).isEqualTo(reply.field("x-request-id"));
        assertThat(seen.names()).doesNotContain("authorization", "x_user.role");
    }

    @Test
    void every_refusal_has_the_words_of_the_worker() {
        assertRefused(get("/api/v1/users", ""), 401, "Missing or invalid Authorization header", "no-credentials");
        assertRefused(
                get(
                        "/api/v1/users",
                        bearer(Tokens.signed(
                                "{\"sub\":\"a\",\"exp\":4102444800}", "another secret of thirty-two bytes!"))),
                401,
                "Invalid token signature",
                "token-signature");
        assertRefused(
                get("/api/v1/users", bearer(Tokens.signed("{\"sub\":\"a\",\"exp\":1000000000}", Tokens.SECRET))),
                401,
                "Token expired",
                "token-expired");
        assertRefused(get("/api/v1/users", bearer("a.b.c")), 401, "Token validation failed", "token-malformed");
        assertRefused(get("/elsewhere", bearer(Tokens.of("a"))), 404, "Route not found", "no-route");
        assertRefused(
                gateway.send("POST /api/v1/users HTTP/1.1\nHost: a\n" + bearer(Tokens.of("a"))
                        + "Content-Length: 99999999\n\n"),
                413,
                "Request body too large",
                "body-too-large");
        assertThat(upstream.connections()).isZero();
    }

    @Test
    void the_hundred_and_first_request_of_a_minute_is_refused_and_told_when_to_come_back() {
        var token = bearer(Tokens.of("busy"));
        try (var client = gateway.connect()) {
            for (var i = 0; i < 100; i++) {
                client.send("GET /api/v1/users HTTP/1.1\nHost: a\n" + token + "\n");
                assertThat(client.reply().status()).isEqualTo(200);
            }
            client.send("GET /api/v1/users HTTP/1.1\nHost: a\n" + token + "\n");
            var refused = client.reply();

            assertRefused(refused, 429, "Rate limit exceeded", "rate-limited");
            assertThat(Integer.parseInt(refused.field("retry-after"))).isBetween(1, 61);
            assertThat(refused.field("x-ratelimit-remaining")).isEqualTo("0");
        }
        assertThat(get("/api/v1/users", bearer(Tokens.of("other"))).status()).isEqualTo(200);
    }

    @Test
    void an_address_with_many_bad_credentials_is_not_looked_at_any_more_but_who_is_known_passes() {
        assertThat(get("/api/v1/users", bearer(Tokens.of("known"))).status()).isEqualTo(200);
        for (var i = 0; i < 60; i++) {
            assertThat(get("/api/v1/users", bearer("a.b.c")).status()).isEqualTo(401);
        }

        assertRefused(
                get("/api/v1/users", bearer(Tokens.of("alice"))),
                429,
                "Too many rejected credentials",
                "too-many-failures");
        assertThat(get("/api/v1/users", bearer(Tokens.of("known"))).status()).isEqualTo(200);
    }

    private static void assertRefused(Client.Reply reply, int status, String error, String code) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body()).contains("\"error\":\"" + error + "\"", "\"code\":\"" + code + "\"");
        assertThat(reply.field("cache-control")).isEqualTo("no-store");
        if (status == 401) {
            assertThat(reply.field("www-authenticate"))
                    .isEqualTo(
                            code.equals("no-credentials")
                                    ? "Bearer realm=\"gateway\""
                                    : "Bearer realm=\"gateway\", error=\"invalid_token\"");
        }
    }
}
