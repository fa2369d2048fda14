package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.identity.launch.StartMode;
import io.triport.manager.ManagerUnderTest.Answer;
import io.triport.testkit.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AccessTest {
    private final ManagerUnderTest manager =
            ManagerUnderTest.start("""
                triport:
                  manager:
                    allowed-origins: [https://console.example.org]
                    protected-namespaces: [system-*]
                """, Clock.systemUTC(), StartMode.Credentials.DEVELOPMENT);

    @AfterEach
    void stop() {
        manager.close();
    }

    private Answer send(String method, String target, Map<String, String> headers) {
        return manager.send(method, target, headers, Bytes.EMPTY);
    }

    private Answer bearing(String method, String target, String name, String value) {
        var headers = new HashMap<>(Map.of("Authorization", "Bearer " + ManagerUnderTest.TOKEN));
        headers.put(name, value);
        return send(method, target, headers);
    }

    private String cookies(Answer answer) {
        return String.join(
                "; ",
                answer.headers().getOrDefault("set-cookie", List.of()).stream()
                        .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                        .toList());
    }

    @Test
    void one_click_signs_a_developer_in_and_leaving_ends_that() {
        var begun = send("POST", "/api/sign-in/dev", Map.of());
        var cookies = cookies(begun);
        var known = send("GET", "/api/me", Map.of("Cookie", cookies));
        var left = send("GET", "/cdn-cgi/access/logout", Map.of("Cookie", cookies));
        var after = send("GET", "/api/me", Map.of("Cookie", cookies));

        assertThat(begun.status()).isEqualTo(200);
        assertThat(known.result().toString())
                .isEqualTo(
                        "{\"user\":\"dev@localhost\",\"role\":\"admin\",\"everywhere\":true,\"grants\":[{\"role\":\"admin\",\"namespaces\":\"*\",\"key_prefixes\":[]}]}");
        assertThat(left.status()).isEqualTo(302);
        assertThat(left.header("Location")).isEqualTo("/");
        assertThat(left.header("Set-Cookie")).contains("triport-dev-session=;").contains("CF_Authorization=;");
        assertThat(after.status()).isEqualTo(401);
    }

    @Test
    void a_token_is_exchanged_for_a_session() {
        var begun = bearing("POST", "/api/sign-in/token", "X-Test", "1");

        assertThat(send("GET", "/api/me", Map.of("Cookie", cookies(begun)))
                        .result()
                        .path("user")
                        .asText())
                .isEqualTo("key:bootstrap");
    }

    @Test
    void a_session_that_was_begun_with_a_key_is_good_from_its_addresses_alone() {
        try (var proxied = ManagerUnderTest.start("""
            triport:
              trusted-proxies: [127.0.0.1/32]
              manager:
                session-keys: ["${env:SESSION_KEY}"]
                api-key-pepper: ["${env:PEPPER}"]
            """, Clock.systemUTC())) {
            var made = proxied.send(
                    "POST", "/api/api-keys", "{\"name\":\"ci\",\"role\":\"viewer\",\"cidrs\":[\"192.0.2.0/24\"]}");
            var key = "Bearer " + made.result().path("key").asText();
            var begun = proxied.send(
                    "POST",
                    "/api/sign-in/token",
                    Map.of("Authorization", key, "X-Forwarded-For", "192.0.2.7"),
                    Bytes.EMPTY);
            var cookie = cookies(begun);

            assertThat(begun.status()).isEqualTo(200);
            assertThat(from(proxied, "192.0.2.8", "Cookie", cookie).status()).isEqualTo(200);
            assertThat(from(proxied, "198.51.100.1", "Cookie", cookie).status()).isEqualTo(403);
            assertThat(from(proxied, "198.51.100.1", "Authorization", key).status())
                    .isEqualTo(403);
        }
    }

    private static Answer from(ManagerUnderTest manager, String address, String name, String value) {
        return manager.send("GET", "/api/me", Map.of(name, value, "X-Forwarded-For", address), Bytes.EMPTY);
    }

    @Test
    void two_session_cookies_are_ambiguous() {
        var cookie = cookies(send("POST", "/api/sign-in/dev", Map.of()));

        assertThat(send("GET", "/api/me", Map.of("Cookie", cookie + "; " + cookie))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_session_changes_nothing_for_another_site() {
        var cookies = cookies(send("POST", "/api/sign-in/dev", Map.of()));
        var forged = send("POST", "/api/namespaces", Map.of("Cookie", cookies, "Origin", "https://elsewhere.example"));
        var without = send("POST", "/api/namespaces", Map.of("Cookie", cookies));

        assertThat(forged.status()).isEqualTo(403);
        assertThat(forged.code()).isEqualTo("csrf");
        assertThat(without.code()).isEqualTo("csrf");
    }

    @Test
    void a_page_of_another_site_cannot_begin_a_session() {
        assertThat(send("POST", "/api/sign-in/dev", Map.of("Sec-Fetch-Site", "cross-site"))
                        .code())
                .isEqualTo("csrf");
    }

    @Test
    void a_click_signs_nobody_in_under_a_name_that_only_leads_here() {
        var own = send("POST", "/api/sign-in/dev", Map.of("Host", "LOCALHOST:8803"));
        var other =
                send("POST", "/api/sign-in/dev", Map.of("Host", "rebound.example", "Origin", "http://rebound.example"));
        var offered = send("GET", "/api/sign-in", Map.of("Host", "rebound.example"));

        assertThat(own.status()).isEqualTo(200);
        assertThat(other.status()).isEqualTo(403);
        assertThat(other.header("Set-Cookie")).isEmpty();
        assertThat(offered.result().toString()).doesNotContain("dev");
    }

    @Test
    void an_export_from_another_site_is_refused_although_it_is_a_get() {
        assertThat(bearing("GET", "/api/export/" + "0".repeat(32), "Sec-Fetch-Site", "cross-site")
                        .code())
                .isEqualTo("csrf");
    }

    @Test
    void a_listed_origin_may_read_the_answers_and_no_other() {
        var listed = bearing("GET", "/api/namespaces", "Origin", "https://console.example.org");
        var other = bearing("GET", "/api/namespaces", "Origin", "https://elsewhere.example");
        var preflight = send(
                "OPTIONS",
                "/api/namespaces",
                Map.of("Origin", "https://console.example.org", "Access-Control-Request-Method", "PUT"));
        var otherPreflight = send(
                "OPTIONS",
                "/api/namespaces",
                Map.of("Origin", "https://elsewhere.example", "Access-Control-Request-Method", "PUT"));

        assertThat(listed.header("Access-Control-Allow-Origin")).isEqualTo("https://console.example.org");
        assertThat(listed.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(listed.header("Vary")).isEqualTo("Origin");
        assertThat(other.status()).isEqualTo(200);
        assertThat(other.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Methods")).contains("PUT");
        assertThat(otherPreflight.header("Access-Control-Allow-Methods")).isEmpty();
    }

    @Test
    void the_first_credential_that_is_there_decides() {
        var stale = bearing("GET", "/api/me", "Cookie", "triport-dev-session=v1.old.cookie.here");
        var wrong = send(
                "GET",
                "/api/me",
                Map.of("Authorization", "Bearer wrong", "Cookie", cookies(send("POST", "/api/sign-in/dev", Map.of()))));

        assertThat(stale.status()).isEqualTo(200);
        assertThat(wrong.status()).isEqualTo(401);
    }

    @Test
    void a_key_beside_an_address_is_known_too() {
        var known = send(
                "GET", "/client/v4/user", Map.of("X-Auth-Email", "a@b.example", "X-Auth-Key", ManagerUnderTest.TOKEN));
        var alone = send("GET", "/client/v4/user", Map.of("X-Auth-Key", ManagerUnderTest.TOKEN));

        assertThat(known.status()).isEqualTo(200);
        assertThat(alone.status()).isEqualTo(401);
    }

    @Test
    void a_viewer_reads_and_changes_nothing() {
        var made = manager.send("POST", "/api/api-keys", "{\"name\":\"reader\",\"role\":\"viewer\"}");
        var bearer =
                Map.of("Authorization", "Bearer " + made.result().path("key").asText());
        manager.send("POST", "/api/namespaces", "{\"title\":\"CACHE\"}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(send("GET", "/api/namespaces", bearer).result()).hasSize(1);
        var id = send("GET", "/api/namespaces", bearer)
                .result()
                .path(0)
                .path("id")
                .asText();
        assertThat(manager.send("PUT", "/api/keys/" + id + "/k", bearer, Bytes.utf8("{\"value\":\"1\"}"))
                        .code())
                .isEqualTo("forbidden");
        assertThat(manager.send("POST", "/api/namespaces", bearer, Bytes.utf8("{\"title\":\"X\"}"))
                        .code())
                .isEqualTo("forbidden");
        assertThat(send("GET", "/api/api-keys", bearer).code()).isEqualTo("forbidden");
    }

    @Test
    void a_key_is_shown_once_and_ended_for_good() {
        var made = manager.send("POST", "/api/api-keys", "{\"name\":\"ci\",\"role\":\"editor\"}")
                .result();
        var bearer = Map.of("Authorization", "Bearer " + made.path("key").asText());
        var before = send("GET", "/api/me", bearer);
        var listed = manager.send("GET", "/api/api-keys");
        var ended = manager.send("DELETE", "/api/api-keys/" + made.path("id").asText());

        assertThat(before.result().path("user").asText()).isEqualTo("key:ci");
        assertThat(before.result().path("role").asText()).isEqualTo("editor");
        assertThat(listed.text()).doesNotContain(made.path("key").asText());
        assertThat(ended.status()).isEqualTo(200);
        assertThat(send("GET", "/api/me", bearer).status()).isEqualTo(401);
    }

    @Test
    void a_session_ends_with_the_key_that_it_was_begun_with() {
        var made = manager.send("POST", "/api/api-keys", "{\"name\":\"ci\",\"role\":\"editor\"}")
                .result();
        var bearer = Map.of("Authorization", "Bearer " + made.path("key").asText());
        var cookies = cookies(send("POST", "/api/sign-in/token", bearer));
        var others = cookies(send("POST", "/api/sign-in/dev", Map.of()));
        var before = send("GET", "/api/me", Map.of("Cookie", cookies));
        manager.send("DELETE", "/api/api-keys/" + made.path("id").asText());

        assertThat(before.status()).isEqualTo(200);
        assertThat(send("GET", "/api/me", Map.of("Cookie", cookies)).status()).isEqualTo(401);
        assertThat(send("GET", "/api/me", Map.of("Cookie", others)).status()).isEqualTo(200);
    }

    @Test
    void a_session_ends_no_later_than_the_key_that_it_was_begun_with() {
        var clock = SettableClock.at("2026-07-01T12:00:00Z");
        try (var other = ManagerUnderTest.start("triport: {}", clock, StartMode.Credentials.DEVELOPMENT)) {
            var made = other.send(
                            "POST",
                            "/api/api-keys",
                            "{\"name\":\"ci\",\"role\":\"editor\",\"expires_at\":\"2026-07-01T12:10:00Z\"}")
                    .result();
            var bearer = Map.of("Authorization", "Bearer " + made.path("key").asText());
            var cookies = Map.of("Cookie", cookies(other.send("POST", "/api/sign-in/token", bearer, Bytes.EMPTY)));
            clock.advance(Duration.ofMinutes(9));
            var late = other.send("GET", "/api/me", cookies, Bytes.EMPTY);
            clock.advance(Duration.ofMinutes(1));

            assertThat(late.status()).isEqualTo(200);
            assertThat(other.send("GET", "/api/me", cookies, Bytes.EMPTY).status())
                    .isEqualTo(401);
        }
    }

    @Test
    void protected_namespaces_are_not_there() {
        assertThat(manager.send("POST", "/api/namespaces", "{\"title\":\"system-jobs\"}")
                        .code())
                .isEqualTo("title_taken");
    }

    @Test
    void the_ways_in_are_told_to_everybody() {
        assertThat(send("GET", "/api/sign-in", Map.of()).result().toString())
                .isEqualTo("{\"methods\":[{\"type\":\"dev\"},{\"type\":\"token\"}]}");
    }
}
