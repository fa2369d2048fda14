package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What pages of other origins may do, and what caches and browsers are told of it. */
@ExtendWith(LeakWatch.class)
final class CorsTest {
    private static final String ANSWER = """
        HTTP/1.1 200 OK
        Access-Control-Allow-Origin: *
        Access-Control-Allow-Credentials: true
        Access-Control-Expose-Headers: X-Secret
        Access-Control-Allow-Methods: PATCH
        Vary: Accept
        Content-Length: 0

        """;

    private final Upstream upstream = Upstream.answering(ANSWER);
    private final GatewayUnderTest gateway =
            GatewayUnderTest.start(file(upstream.url()), Map.of("JWT_SECRET", Tokens.SECRET));

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void a_preflight_that_is_allowed_is_answered_without_identity_or_upstream() {
        var reply = preflight("/users/1", "https://app.example.org", "POST", "authorization, x-own");

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.fields("access-control-allow-origin")).containsExactly("https://app.example.org");
        assertThat(reply.field("access-control-allow-credentials")).isEqualTo("true");
        assertThat(reply.field("access-control-allow-methods")).isEqualTo("GET, POST");
        assertThat(reply.field("access-control-allow-headers")).isEqualTo("Authorization, X-Own");
        assertThat(reply.field("access-control-max-age")).isEqualTo("60");
        assertThat(vary(reply)).contains("Origin");
        assertThat(upstream.connections()).isZero();
    }

    @Test
    void one_that_is_not_gets_no_fields_that_would_allow_it() {
        for (var origin : new String[] {
            "https://app.example.org.evil.example",
            "https://app.example.org:444",
            "http://app.example.org",
            "https://APP.example.org",
            "null"
        }) {
            assertDenied(preflight("/users", origin, "GET", ""), 403);
        }
        assertDenied(preflight("/users", "https://app.example.org", "GET", "X-Other"), 403);
        assertDenied(preflight("/open", "null", "GET", ""), 403);
        assertDenied(preflight("/users", "https://app.example.org", "DELETE", ""), 405);
        assertDenied(preflight("/elsewhere", "https://app.example.org", "GET", ""), 404);
        assertThat(upstream.connections()).isZero();
    }

    @Test
    void other_requests_of_the_method_options_go_the_ordinary_way() {
        assertThat(options("/users", "Origin: https://app.example.org\n").status())
                .isEqualTo(405);
        assertThat(options("/open", "Origin: https://app.example.org\n").status())
                .isEqualTo(200);
        assertThat(options("/open", "Access-Control-Request-Method: GET\n").status())
                .isEqualTo(200);
        assertThat(options("/plain", "Origin: https://a.example\nAccess-Control-Request-Method: GET\n")
                        .status())
                .isEqualTo(200);
        assertThat(upstream.seen())
                .extracting(Upstream.Request::line)
                .containsExactly("OPTIONS /open HTTP/1.1", "OPTIONS /open HTTP/1.1", "OPTIONS /plain HTTP/1.1");
    }

    @Test
    void an_answer_says_what_the_route_allows_and_nothing_of_what_the_upstream_would() {
        var reply = gateway.send("GET /users HTTP/1.1\nHost: a\nOrigin: https://app.example.org\n"
                + "Authorization: Bearer " + Tokens.of("ann") + "\n\n");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.fields("access-control-allow-origin")).containsExactly("https://app.example.org");
        assertThat(reply.fields("access-control-allow-credentials")).containsExactly("true");
        assertThat(reply.fields("access-control-expose-headers")).containsExactly("X-Total");
        assertThat(reply.fields("access-control-allow-methods")).isEmpty();
        assertThat(vary(reply)).contains("Accept", "Origin");
    }

    @Test
    void to_everybody_without_credentials_the_star_is_answered() {
        var reply = gateway.send("GET /open HTTP/1.1\nHost: a\nOrigin: https://any.example\n\n");

        assertThat(reply.fields("access-control-allow-origin")).containsExactly("*");
        assertThat(reply.fields("access-control-allow-credentials")).isEmpty();
    }

    @Test
    void caches_are_told_that_answers_differ_by_origin_even_where_there_is_none() {
        assertThat(vary(gateway.send("GET /open HTTP/1.1\nHost: a\n\n"))).contains("Origin");
        assertThat(vary(gateway.send("GET /open HTTP/1.1\nHost: a\nOrigin: null\n\n")))
                .contains("Origin");
        assertThat(vary(gateway.send("GET /plain HTTP/1.1\nHost: a\n\n"))).doesNotContain("Origin");
    }

    @Test
    void a_page_that_is_allowed_may_read_the_errors_of_the_gateway_and_no_other() {
        var own = gateway.send("GET /users HTTP/1.1\nHost: a\nOrigin: https://app.example.org\n\n");
        var other = gateway.send("GET /users HTTP/1.1\nHost: a\nOrigin: https://evil.example\n\n");

        assertThat(own.status()).isEqualTo(401);
        assertThat(own.field("access-control-allow-origin")).isEqualTo("https://app.example.org");
        assertThat(vary(own)).contains("Origin");
        assertThat(other.status()).isEqualTo(401);
        assertThat(other.fields("access-control-allow-origin")).isEmpty();
        assertThat(vary(other)).contains("Origin");
    }

    @Test
    void a_page_that_is_allowed_may_read_that_its_body_came_too_late() {
        try (var impatient = GatewayUnderTest.start(
                        file(upstream.url()) + "timeouts: {clientBodyIdle: 100ms}\n",
                        Map.of("JWT_SECRET", Tokens.SECRET));
                var page = impatient.connect();
                var other = impatient.connect()) {
            page.send("POST /open HTTP/1.1\nHost: a\nOrigin: https://any.example\nContent-Length: 10\n\nhello");
            other.send("POST /plain HTTP/1.1\nHost: a\nOrigin: https://any.example\nContent-Length: 10\n\nhello");

            var late = page.reply();
            assertThat(late.status()).isEqualTo(408);
            assertThat(late.fields("access-control-allow-origin")).containsExactly("*");
            assertThat(vary(late)).isEqualTo("Origin");
            assertDenied(other.reply(), 408);
        }
    }

    @Test
    void a_page_that_is_allowed_may_read_that_there_is_no_room_for_its_request() throws InterruptedException {
        var arrived = new CountDownLatch(1);
        try (var silent = Upstream.doing((request, socket) -> arrived.countDown());
                var busy = GatewayUnderTest.start(
                        file(silent.url()) + "limits: {concurrency: {start: 1, least: 1, most: 1, queueAge: 1ms}}\n",
                        Map.of("JWT_SECRET", Tokens.SECRET));
                var first = busy.connect()) {
            first.send("GET /plain HTTP/1.1\nHost: a\n\n");
            arrived.await();

            var own = busy.send("GET /users/1 HTTP/1.1\nHost: a\nOrigin: https://app.example.org\n\n");
            var other = busy.send("GET /users/1 HTTP/1.1\nHost: a\nOrigin: https://evil.example\n\n");

            assertThat(own.status()).isEqualTo(503);
            assertThat(own.field("retry-after")).isEqualTo("1");
            assertThat(own.fields("access-control-allow-origin")).containsExactly("https://app.example.org");
            assertThat(own.fields("access-control-allow-credentials")).containsExactly("true");
            assertDenied(other, 503);
            assertDenied(busy.send("GET /elsewhere HTTP/1.1\nHost: a\nOrigin: https://app.example.org\n\n"), 503);
        }
    }

    private Client.Reply preflight(String path, String origin, String method, String fields) {
        return options(
                path,
                "Origin: " + origin + "\nAccess-Control-Request-Method: " + method + "\n"
                        + (fields.isEmpty() ? "" : "Access-Control-Request-Headers: " + fields + "\n"));
    }

    private Client.Reply options(String path, String fields) {
        return gateway.send("OPTIONS " + path + " HTTP/1.1\nHost: a\n" + fields + "\n");
    }

    private static String vary(Client.Reply reply) {
        return String.join(", ", reply.fields("vary"));
    }

    private static void assertDenied(Client.Reply reply, int status) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.fields())
                .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("access-control-"));
    }

    private static String file(String url) {
        return """
            identity:
              anyone: {type: public}
              legacy: {type: jwt, issuer: none, audience: none, secret: "${env:JWT_SECRET}", algorithms: [HS256]}
            upstreams:
              users: {targets: [{url: "%s"}]}
            routes:
              - id: users
                match: {path: /users, methods: [GET, POST]}
                identity: [legacy]
                cors: {origins: ["https://app.example.org"], methods: [GET, POST], headers: [Authorization, X-Own],
                       expose: [X-Total], credentials: true, maxAge: 60s}
                upstream: users
              - id: open
                match: {path: /open}
                identity: [anyone]
                cors: {origins: ["*"]}
                upstream: users
              - {id: plain, match: {path: /plain}, identity: [anyone], upstream: users}
            """.formatted(url);
    }
}
