package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.gateway.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the settings of the file's top change in an answer. */
@ExtendWith(LeakWatch.class)
final class FrontTest {
    @TempDir
    private Path directory;

    @Test
    void a_terse_listener_tells_nothing_but_the_record_all() throws IOException {
        var records = directory.resolve("audit.jsonl");
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = start(
                        upstream.url(),
                        "listen: [{terse: true}]\naudit: {sink: file, file: \"%s\"}".formatted(records))) {
            var expired = Tokens.signed("{\"sub\":\"a\",\"exp\":1000000000}", Tokens.SECRET);
            for (var token : new String[] {"a.b.c", expired, Tokens.of("a") + "A"}) {
                var refused = gateway.send("GET / HTTP/1.1\nHost: a\nAuthorization: Bearer " + token + "\n\n");

                Refused.as(refused, Problem.INVALID_TOKEN, "Token validation failed");
            }
            assertThat(gateway.send("GET / HTTP/1.1\nHost: a\n\n").body()).contains("\"code\":\"no-credentials\"");
        }

        assertThat(Files.readString(records))
                .contains("token-malformed", "token-expired", "no-credentials")
                .doesNotContain("invalid_token");
    }

    @Test
    void errors_have_the_form_of_the_worker_where_it_is_asked_for() {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = start(upstream.url(), "compat: {plainJson: true, responseTime: true}")) {
            var refused = gateway.send("GET / HTTP/1.1\nHost: a\n\n");

            assertThat(refused.body()).isEqualTo("{\"error\":\"Missing or invalid Authorization header\"}");
            assertThat(refused.field("content-type")).isEqualTo("application/json");
            assertThat(refused.field("x-response-time")).matches("[0-9]+ms");
            assertThat(refused.field("server-timing")).matches("gw;dur=[0-9]+\\.[0-9]");
        }
    }

    @Test
    void fields_for_browsers_are_set_where_they_are_asked_for_and_those_of_the_server_never_pass() {
        try (var upstream = Upstream.answering("""
            HTTP/1.1 200 OK
            Server: secret/1.0
            X-Powered-By: secret
            X-Request-ID: own
            Content-Length: 0

            """);
                var gateway = start(upstream.url(), "securityHeaders: true")) {
            var reply = gateway.send("GET / HTTP/1.1\nHost: a\nAuthorization: Bearer " + Tokens.of("a") + "\n\n");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.fields("x-content-type-options")).containsExactly("nosniff");
            assertThat(reply.fields("strict-transport-security")).isEmpty();
            assertThat(reply.fields("server")).isEmpty();
            assertThat(reply.fields("x-powered-by")).isEmpty();
            assertThat(reply.fields("x-request-id")).hasSize(1).doesNotContain("own");
            assertThat(reply.field("server-timing")).matches("gw;dur=[0-9]+\\.[0-9], up;dur=[0-9]+\\.[0-9]");
        }
    }

    @Test
    void strange_field_names_pass_unless_they_are_forbidden() {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var lenient = start(upstream.url(), "limits: {body: 1MiB}");
                var strict = start(upstream.url(), "limits: {strictHeaderNames: true}")) {
            var request = "GET / HTTP/1.1\nHost: a\nX_Own.Name: 1\nX-Fine: 2\nAuthorization: Bearer " + Tokens.of("a")
                    + "\n\n";
            lenient.send(request);
            strict.send(request);

            assertThat(upstream.seen().getFirst().names()).contains("x_own.name", "x-fine");
            assertThat(upstream.seen().getLast().names()).contains("x-fine").doesNotContain("x_own.name");
        }
    }

    @Test
    void a_head_that_does_not_come_to_its_end_is_not_waited_for() {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = start(upstream.url(), "timeouts: {clientHeader: 1s}");
                var client = gateway.connect()) {
            var refused = client.send("GET / HTTP/1.1\nHost:").reply();

            Refused.as(refused, Problem.CLIENT_TIMEOUT, "Request took too long to arrive");
            assertThat(refused.field("connection")).isEqualTo("close");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void who_finds_all_places_for_waiting_taken_is_told_to_come_back() throws InterruptedException {
        var arrived = new CountDownLatch(1);
        try (var upstream = Upstream.doing((request, socket) -> arrived.countDown());
                var gateway = GatewayUnderTest.start("""
                    identity:
                      anyone: {type: public}
                    upstreams:
                      users: {targets: [{url: "%s"}], pool: {maxConnections: 1, maxPending: 0}}
                    routes:
                      - {id: users, match: {path: /}, identity: [anyone], upstream: users}
                    """.formatted(upstream.url()));
                var holder = gateway.connect()) {
            holder.send("GET / HTTP/1.1\nHost: a\n\n");
            arrived.await();

            var refused = gateway.send("GET / HTTP/1.1\nHost: a\n\n");

            Refused.as(refused, Problem.POOL_EXHAUSTED, "Upstream is busy");
            assertThat(refused.field("retry-after")).isEqualTo("1");
        }
    }

    @Test
    void an_upstream_that_speaks_no_tls_is_not_trusted() {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = start(upstream.url().replace("http:", "https:"), "limits: {body: 1MiB}")) {
            var refused = gateway.send("GET / HTTP/1.1\nHost: a\nAuthorization: Bearer " + Tokens.of("a") + "\n\n");

            assertThat(refused.status()).isEqualTo(502);
            assertThat(refused.body()).contains("\"code\":\"upstream-tls\"");
        }
    }

    private static GatewayUnderTest start(String url, String top) {
        return GatewayUnderTest.start("""
            identity:
              legacy: {type: jwt, issuer: none, audience: none, secret: "${env:JWT_SECRET}", algorithms: [HS256]}
            upstreams:
              users: {targets: [{url: "%s"}]}
            routes:
              - {id: users, match: {path: /}, identity: [legacy], upstream: users}
            %s
            """.formatted(url, top), Map.of("JWT_SECRET", Tokens.SECRET));
    }
}
