package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Secret;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Method;
import io.triport.gateway.problem.Problem;
import io.triport.identity.keyring.Keyring;
import io.triport.identity.keyring.MasterSecret;
import io.triport.identity.urltoken.UrlTokenSettings;
import io.triport.identity.urltoken.UrlTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of credentials that are odd, and of those that hold. */
@ExtendWith(LeakWatch.class)
final class CredentialsTest {
    private static final String LINK_KEY = "a key for links of 32 bytes or longer";

    private final Upstream upstream = Upstream.answering(Upstream.ok("hello"));

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        upstream.close();
    }

    private GatewayUnderTest start(String more) {
        return GatewayUnderTest.start(
                """
                identity:
                  anyone: {type: public}
                  legacy: {type: jwt, issuer: none, audience: none, secret: "${env:JWT_SECRET}", algorithms: [HS256], query: token, onlyUpgrade: true}
                  link: {type: url-token, keys: ["${env:LINK_KEY}"]}
                  team: {type: access-jwt, teamDomain: team.example, audience: [a], jwks: "http://127.0.0.1:1/keys", insecure: true}
                upstreams:
                  users: {targets: [{url: "%s"}]}
                routes:
                  - {id: any, match: {path: /any}, identity: [legacy, anyone], upstream: users}
                  - {id: link, match: {path: /link}, identity: [link], upstream: users}
                  - {id: team, match: {path: /team}, identity: [team], upstream: users}
                  - id: live
                    match: {path: /live}
                    identity: [legacy]
                    upgrade: [websocket]
                    cors: {origins: ["https://app.example"]}
                    upstream: users
                """.formatted(upstream.url()) + more, Map.of("JWT_SECRET", Tokens.SECRET, "LINK_KEY", LINK_KEY));
    }

    @Test
    void a_bearer_that_is_no_token_is_not_taken_for_nobody() {
        try (var gateway = start("")) {
            assertThat(get(gateway, "/any", "tp_live_x").status()).isEqualTo(401);
            assertThat(get(gateway, "/any", "tp_live_x").body()).contains("\"code\":\"token-malformed\"");
            assertThat(gateway.send("GET /any HTTP/1.1\nHost: a\n\n").body()).isEqualTo("hello");
        }
    }

    @Test
    void an_address_with_many_bad_credentials_is_heard_for_those_that_held_a_moment_ago() {
        try (var gateway = start("")) {
            assertThat(get(gateway, "/any", Tokens.of("alice")).status()).isEqualTo(200);
            for (var i = 0; i < 60; i++) {
                assertThat(get(gateway, "/any", "a.b.c").status()).isEqualTo(401);
            }

            assertThat(get(gateway, "/any", Tokens.of("alice")).status()).isEqualTo(200);
            assertThat(get(gateway, "/any", Tokens.of("bob")).status()).isEqualTo(429);
            assertThat(get(gateway, "/any", "a.b.c").status()).isEqualTo(429);
            assertThat(gateway.send("GET /any HTTP/1.1\nHost: a\n\n").status()).isEqualTo(200);
        }
    }

    @Test
    void a_token_in_a_query_reaches_neither_upstream_nor_audit() throws IOException {
        var log = directory.resolve("audit.jsonl");
        var token = Tokens.of("alice");
        try (var gateway = start("audit: {sink: file, file: \"" + log + "\", spillDir: \"" + directory.resolve("spill")
                + "\", durable: true, redactQuery: false}\n")) {
            var reply = gateway.send("GET /live?a=1&token=" + token + "&b=2 HTTP/1.1\nHost: a\nConnection: Upgrade\n"
                    + "Upgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\n\n");
            assertThat(reply.status()).isEqualTo(200);
            gateway.send("GET /any?token=" + token + " HTTP/1.1\nHost: a\n\n");
        }

        assertThat(upstream.seen()).hasSize(1);
        assertThat(upstream.seen().getFirst().line()).isEqualTo("GET /live?a=1&b=2 HTTP/1.1");
        assertThat(Files.readString(log)).contains("/live?a=1&b=2", "/any").doesNotContain(token, "token=");
    }

    @Test
    void the_token_of_a_link_reaches_neither_upstream_nor_audit() throws IOException {
        var log = directory.resolve("audit.jsonl");
        var tokens = new UrlTokens(new UrlTokenSettings(
                new MechanismName("link"),
                Keyring.of(MasterSecret.of(Secret.of(LINK_KEY))),
                "link",
                UrlTokenSettings.DEFAULT_SUBJECT_PARAMETER,
                Duration.ofHours(1),
                UrlTokenSettings.Use.MANY,
                Set.of()));
        var link = tokens.link(Method.GET, "/link", new Subject("ann"), Instant.now());
        var token = link.substring(link.indexOf("&t=") + 3);
        try (var gateway = start("audit: {sink: file, file: \"" + log + "\", spillDir: \"" + directory.resolve("spill")
                + "\", durable: true, redactQuery: false}\n")) {
            for (var name : new String[] {"t", "%74"}) {
                var target = link.replace("&t=", "&" + name + "=") + "&b=t";
                assertThat(gateway.send("GET " + target + " HTTP/1.1\nHost: a\n\n")
                                .status())
                        .isEqualTo(200);
            }
            gateway.send("GET " + link.replace("&t=", "&t=x&t=") + " HTTP/1.1\nHost: a\n\n");
        }

        assertThat(upstream.seen())
                .extracting(Upstream.Request::line)
                .containsExactly("GET /link?s=ann&b=t HTTP/1.1", "GET /link?s=ann&b=t HTTP/1.1");
        assertThat(Files.readString(log)).contains("/link?s=ann&b=t").doesNotContain(token);
    }

    @Test
    void a_bad_token_of_access_is_401_and_403_for_those_who_are_used_to_it() {
        try (var gateway = start("")) {
            assertThat(team(gateway, "Cf-Access-Jwt-Assertion: a.b.c\n").status())
                    .isEqualTo(401);
        }
        try (var gateway = start("compat: {accessStatus: true}\n")) {
            var bad = team(gateway, "Cf-Access-Jwt-Assertion: a.b.c\n");
            Refused.as(bad, Problem.ACCESS_INVALID, "Token validation failed");
            assertThat(team(gateway, "").status()).isEqualTo(401);
        }
    }

    private static Client.Reply team(GatewayUnderTest gateway, String fields) {
        return gateway.send("GET /team HTTP/1.1\nHost: a\n" + fields + "\n");
    }

    private static Client.Reply get(GatewayUnderTest gateway, String path, String token) {
        return gateway.send("GET " + path + " HTTP/1.1\nHost: a\nAuthorization: Bearer " + token + "\n\n");
    }
}
