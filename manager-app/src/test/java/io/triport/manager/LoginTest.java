package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.Bytes;
import io.triport.identity.config.ConfigError;
import io.triport.manager.ManagerUnderTest.Answer;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** People who log in at a provider. */
final class LoginTest {
    private final LoginProvider provider = LoginProvider.start("ops", "all");
    private final ManagerUnderTest manager = start("group-roles: {ops: editor}");
    private final Map<String, String> cookies = new HashMap<>();

    private ManagerUnderTest start(String more) {
        return ManagerUnderTest.start("""
            triport:
              manager:
                session-keys: ["${env:SESSION_KEY}"]
                people-role: none
                oidc:
                  issuer: %s
                  insecure: true
                  client-id: manager
                  client-secret: "${env:OIDC_SECRET}"
                  redirect-uri: http://127.0.0.1/api/sign-in/oidc/callback
                  name: Acme
                %s
            """.formatted(provider.issuer(), more), Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        manager.close();
        provider.close();
    }

    private Answer visit(String method, String target, Map<String, String> more) {
        var headers = new HashMap<>(more);
        if (!cookies.isEmpty()) {
            headers.put(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        var answer = manager.send(method, target, headers, Bytes.EMPTY);
        for (var cookie : answer.headers().getOrDefault("set-cookie", List.of())) {
            var name = cookie.substring(0, cookie.indexOf('='));
            var value = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
            if (value.isEmpty()) {
                cookies.remove(name);
            } else {
                cookies.put(name, value);
            }
        }
        return answer;
    }

    private Answer visit(String target) {
        return visit("GET", target, Map.of());
    }

    private void logIn() {
        assertThat(visit(provider.consent(visit("/api/sign-in/oidc").header("Location")))
                        .status())
                .isEqualTo(303);
    }

    @Test
    void somebody_who_logs_in_has_a_session_and_the_role_of_his_group() {
        assertThat(visit("/api/sign-in").result().toString())
                .contains("{\"type\":\"oidc\",\"name\":\"Acme\",\"url\":\"/api/sign-in/oidc\"}");
        var sent = visit("/api/sign-in/oidc?return=/namespaces");
        var back = visit(provider.consent(sent.header("Location")));

        assertThat(sent.status()).isEqualTo(303);
        assertThat(back.header("Location")).isEqualTo("/namespaces");
        var me = visit("/api/me").result();
        assertThat(me.path("user").asText()).isEqualToIgnoringCase("ada@example.org");
        assertThat(me.path("role").asText()).isEqualTo("editor");
        assertThat(visit("/api/namespaces").status()).isEqualTo(200);
        assertThat(visit("/api/roles").code()).isEqualTo("forbidden");
    }

    @Test
    void grants_to_a_user_and_to_a_group_count_at_the_next_request() {
        logIn();
        grant(
                "{\"subject\":{\"type\":\"user\",\"name\":\"ADA@example.org\"},\"role\":\"viewer\",\"namespaces\":\"a-*\"}");
        grant("{\"subject\":{\"type\":\"group\",\"name\":\"all\"},\"role\":\"admin\",\"namespaces\":\"b-*\"}");
        grant("{\"subject\":{\"type\":\"group\",\"name\":\"others\"},\"role\":\"admin\"}");

        var me = visit("/api/me").result();
        assertThat(me.path("role").asText()).isEqualTo("admin");
        assertThat(me.path("everywhere").asBoolean()).isFalse();
        assertThat(me.path("grants")).hasSize(3);
    }

    private void grant(String json) {
        assertThat(manager.send("POST", "/api/roles", json).status()).isEqualTo(201);
    }

    @Test
    void an_answer_counts_in_the_browser_that_asked_alone() {
        var answer = provider.consent(visit("/api/sign-in/oidc").header("Location"));
        cookies.clear();

        var refused = visit(answer);

        assertThat(refused.status()).isEqualTo(303);
        assertThat(refused.header("Location")).isEqualTo("/?sign_in=refused");
        assertThat(visit("/api/me").status()).isEqualTo(401);
    }

    @Test
    void who_signs_out_is_out_here_and_told_where_to_sign_out_there() {
        logIn();
        var copy = Map.copyOf(cookies);

        var out = visit("POST", "/api/sign-out", Map.of());

        assertThat(out.result().path("logout_url").asText()).startsWith(provider.issuer() + "/end?client_id=manager");
        assertThat(visit("/api/me").status()).isEqualTo(401);
        cookies.putAll(copy);
        assertThat(visit("/api/me").status()).isEqualTo(401);
    }

    @Test
    void who_has_logged_out_at_the_provider_is_out_here_too_when_it_says_so() {
        logIn();
        try (var another = LoginProvider.start()) {
            assertThat(ended(another.logout("user-7")).status()).isEqualTo(400);
        }
        assertThat(visit("/api/me").status()).isEqualTo(200);

        var ended = ended(provider.logout("user-7"));

        assertThat(ended.status()).isEqualTo(200);
        assertThat(ended.header("Cache-Control")).isEqualTo("no-store");
        assertThat(visit("/api/me").status()).isEqualTo(401);
    }

    @Test
    void the_provider_says_so_once_with_a_post_and_in_a_few_bytes() {
        logIn();
        var token = provider.logout("user-7");

        assertThat(ended(token + "&more=" + "a".repeat(40_000)).status()).isEqualTo(400);
        assertThat(visit("/api/sign-in/oidc/ended?logout_token=" + token).status())
                .isEqualTo(405);
        assertThat(ended(token).status()).isEqualTo(200);
        assertThat(ended(token).status()).isEqualTo(400);
    }

    private Answer ended(String token) {
        return manager.send(
                "POST",
                "/api/sign-in/oidc/ended",
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                Bytes.utf8("logout_token=" + token));
    }

    @Test
    void who_has_no_role_is_told_so() {
        try (var strict = start("group-roles: {nobody: admin}")) {
            logIn();
            var headers = Map.of("Cookie", "triport-dev-session=" + cookies.get("triport-dev-session"));

            assertThat(strict.send("GET", "/api/me", headers, Bytes.EMPTY).code())
                    .isEqualTo("forbidden");
        }
    }

    @Test
    void what_cannot_be_a_provider_stops_the_start() {
        assertThatThrownBy(() -> ManagerUnderTest.start("""
            triport:
              manager:
                oidc: {issuer: https://idp.example.org, client-id: a, client-secret: "${env:OIDC_SECRET}"}
            """, Clock.systemUTC()))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("redirect-uri");
        assertThatThrownBy(() -> ManagerUnderTest.start("""
            triport:
              manager:
                oidc:
                  issuer: https://idp.example.org
                  client-id: a
                  client-secret: "${env:OIDC_SECRET}"
                  redirect-uri: https://manager.example.org/elsewhere
            """, Clock.systemUTC()))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("/api/sign-in/oidc/callback");
        assertThatThrownBy(() -> ManagerUnderTest.start("""
            triport:
              manager:
                oidc:
                  issuer: https://idp.example.org
                  client-id: a
                  client-secret: "${env:OIDC_SECRET}"
                  redirect-uri: https://manager.example.org/api/sign-in/oidc/callback
            """, Clock.systemUTC()))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("session-keys");
    }
}
