package io.triport.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.Claims;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Role;
import io.triport.domain.identity.Secret;
import io.triport.domain.identity.Subject;
import io.triport.domain.time.Randomness;
import io.triport.identity.keyring.Keyring;
import io.triport.identity.keyring.MasterSecret;
import io.triport.identity.session.Login;
import io.triport.identity.session.SessionCookies;
import io.triport.identity.session.SessionSettings;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People who log in at a provider. */
@ExtendWith(LeakWatch.class)
final class LoginTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final Map<String, String> SECRETS =
            Map.of("SESSION_KEY", KEY, "OIDC_SECRET", IdentityProvider.SECRET);

    private final IdentityProvider provider = IdentityProvider.start();
    private final Upstream upstream = Upstream.answering(
            "HTTP/1.1 200 OK\r\nCache-Control: public, max-age=60\r\nContent-Length: 5\r\n\r\nhello");
    private final GatewayUnderTest gateway = GatewayUnderTest.start(file(), SECRETS);
    private final Browser browser = new Browser(gateway);

    private String file() {
        return """
            identity:
              anyone: {type: public}
              people:
                type: oidc-login
                issuer: %1$s
                insecure: true
                clientId: gateway
                clientSecret: "${env:OIDC_SECRET}"
                redirectUri: https://app.example/auth/callback
                keys: ["${env:SESSION_KEY}"]
                loginPath: /auth/login
                logoutPath: /auth/logout
                backChannelLogoutPath: /auth/ended
            upstreams:
              pages: {targets: [{url: "%2$s"}]}
            routes:
              - {id: orders, match: {path: /orders}, identity: [people], identityHeaders: [email], upstream: pages}
              - {id: open, match: {path: /open}, identity: [anyone], upstream: pages}
              - {id: both, match: {path: /both}, identity: [people, anyone], upstream: pages}
              - {id: auth, match: {path: /auth}, identity: [anyone], upstream: pages}
            """.formatted(provider.issuer(), upstream.url());
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
        provider.close();
    }

    @Test
    void who_comes_to_a_page_without_a_session_logs_in_and_gets_there() {
        var sent = browser.visit("/orders?open=1");

        assertThat(sent.status()).isEqualTo(303);
        assertThat(sent.field("location"))
                .startsWith(provider.issuer() + "/authorize?")
                .contains("code_challenge=");
        assertThat(sent.field("cache-control")).isEqualTo("no-store");
        assertThat(upstream.connections()).isZero();
        var back = browser.visit(provider.consent(sent.field("location")));

        assertThat(back.status()).isEqualTo(303);
        assertThat(back.field("location")).isEqualTo("/orders?open=1");
        assertThat(browser.cookies()).containsOnlyKeys("__Host-session", "__Host-csrf");
        assertThat(back.fields("set-cookie").getFirst())
                .endsWith("; Path=/; Max-Age=1800; SameSite=Lax; Secure; HttpOnly");
        assertThat(browser.visit("/orders?open=1").body()).isEqualTo("hello");
        var seen = upstream.seen().getFirst();
        assertThat(seen.line()).isEqualTo("GET /orders?open=1 HTTP/1.1");
        assertThat(seen.field("x-user-id")).isEqualTo("user-7");
        assertThat(seen.field("x-user-role")).isEqualTo("admin");
        assertThat(seen.field("x-user-email")).isEqualTo("user@example.org");
        assertThat(seen.field("x-auth-mechanism")).isEqualTo("people");
    }

    @Test
    void nobody_but_a_person_with_a_browser_on_this_site_is_sent_to_a_login() {
        assertThat(browser.fetch("/orders").status()).isEqualTo(401);
        assertThat(browser.post("/orders", "Accept: text/html\n", "").status()).isEqualTo(401);
        assertThat(as("other.example", "navigate").status()).isEqualTo(401);
        assertThat(as("app.example", "no-cors").status()).isEqualTo(401);
        assertThat(as("app.example", "navigate").status()).isEqualTo(303);
        assertThat(browser.visit("/both").body()).isEqualTo("hello");
    }

    @Test
    void an_answer_of_the_provider_counts_only_in_the_browser_that_asked_and_once() {
        var target = provider.consent(browser.visit("/orders").field("location"));
        var other = new Browser(gateway);
        other.visit("/orders");

        assertThat(new Browser(gateway).visit(target).status()).isEqualTo(401);
        assertThat(other.visit(target).status()).isEqualTo(401);
        assertThat(other.cookies()).isEmpty();
        assertThat(browser.visit(target + "x").status()).isEqualTo(401);
        var again = provider.consent(browser.visit("/orders").field("location"));
        assertThat(browser.visit(again).status()).isEqualTo(303);
        assertThat(browser.visit(again).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"/orders, /orders", "//evil.example, /", "https://evil.example/, /", "/\\\\evil.example, /", "'', /"})
    void a_login_ends_on_this_site_wherever_it_was_to_end(String wanted, String end) {
        var sent = browser.visit("/auth/login?return=" + URLEncoder.encode(wanted, UTF_8));

        assertThat(browser.visit(provider.consent(sent.field("location"))).field("location"))
                .isEqualTo(end);
    }

    @Test
    void a_logout_ends_the_session_for_whoever_has_a_copy_and_goes_on_to_the_provider() {
        logIn();
        var copy = Map.copyOf(browser.cookies());

        assertThat(browser.post("/auth/logout", "", "").status()).isEqualTo(403);
        assertThat(browser.visit("/auth/logout").status()).isEqualTo(405);
        var left = browser.post("/auth/logout", "Origin: https://app.example\n", "");

        assertThat(left.status()).isEqualTo(303);
        assertThat(left.field("location")).startsWith(provider.issuer() + "/end?client_id=gateway");
        assertThat(browser.cookies()).isEmpty();
        browser.cookies().putAll(copy);
        assertThat(browser.fetch("/orders").status()).isEqualTo(401);
        assertThat(browser.visit("/orders").status()).isEqualTo(303);
        logIn();
        assertThat(browser.fetch("/orders").status()).isEqualTo(200);
    }

    @Test
    void the_provider_ends_a_session() {
        logIn();
        var claims =
                "\"aud\":\"gateway\",\"jti\":\"l1\",\"sid\":\"s-1\",\"events\":{\"http://schemas.openid.net/event/backchannel-logout\":{}}";
        var form = "Content-Type: application/x-www-form-urlencoded\n";

        assertThat(gatewayPost(form, "logout_token=" + provider.token("JWT", claims))
                        .status())
                .isEqualTo(400);
        assertThat(browser.fetch("/orders").status()).isEqualTo(200);
        assertThat(gatewayPost(form, "logout_token=" + provider.token("logout+jwt", claims))
                        .status())
                .isEqualTo(200);

        assertThat(browser.fetch("/orders").body()).contains("key-revoked");
        assertThat(gatewayPost(form, "x".repeat(40_000)).status()).isEqualTo(413);
    }

    @Test
    void no_upstream_gets_the_cookies_of_a_session_whatever_its_route() {
        logIn();
        browser.cookies().put("theme", "dark");

        browser.visit("/orders");
        browser.visit("/open");

        assertThat(upstream.seen())
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.fields("cookie")).containsExactly("theme=dark"));
    }

    @Test
    void a_session_that_is_used_lives_on_and_its_cookie_is_for_no_cache() {
        var sessions = sessions();
        browser.cookies().put("__Host-session", value(sessions, Duration.ofSeconds(90)));

        var renewed = browser.fetch("/orders");

        assertThat(renewed.fields("set-cookie"))
                .hasSize(2)
                .allSatisfy(cookie -> assertThat(cookie).contains("Max-Age=1800"));
        assertThat(renewed.fields("cache-control")).containsExactly("public, max-age=60", "private");
        assertThat(browser.fetch("/orders").fields("set-cookie")).isEmpty();
        assertThat(browser.fetch("/open").fields("set-cookie")).isEmpty();
    }

    @Test
    void a_session_that_began_elsewhere_is_none() {
        var elsewhere =
                new Login(new Issuer("https://other.example"), new Subject("root"), Set.of(), Set.of(), Claims.NONE);
        var sessions = sessions();
        var cookie = sessions.cookies(sessions.begin(elsewhere, Instant.now())).getFirst();
        browser.cookies().put("__Host-session", cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';')));

        assertThat(browser.fetch("/orders").body()).contains("session-invalid");
        assertThat(browser.visit("/orders").status()).isEqualTo(303);
    }

    @Test
    void while_the_provider_is_away_nobody_new_comes_in_and_who_is_in_stays() {
        logIn();
        var late = provider.consent(browser.visit("/auth/login").field("location"));
        var file = file();
        provider.close();

        assertThat(browser.fetch("/orders").status()).isEqualTo(200);
        assertUnavailable(browser.visit(late));
        try (var fresh = GatewayUnderTest.start(file, SECRETS)) {
            assertUnavailable(new Browser(fresh).visit("/orders"));
            var known = new Browser(fresh);
            known.cookies().putAll(browser.cookies());
            assertThat(known.fetch("/orders").status()).isEqualTo(200);
        }
    }

    private static void assertUnavailable(Client.Reply reply) {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.body()).contains("identity-unavailable");
        assertThat(reply.field("retry-after")).isEqualTo("10");
    }

    @Test
    void what_no_gateway_could_do_stops_the_start() {
        var twice = file().replace("identity: [people, anyone]", "identity: [people, more]")
                .replace(
                        "anyone: {type: public}",
                        "anyone: {type: public}\n  more: {type: session, keys: [\"${env:SESSION_KEY}\"]}");
        assertThatThrownBy(() -> GatewayUnderTest.start(twice, SECRETS)).hasMessageContaining("which share a cookie");
        var health = file().replace("/auth/login", "/health");
        assertThatThrownBy(() -> GatewayUnderTest.start(health, SECRETS))
                .hasMessageContaining("/health (expected: a path that the server does not answer)");
    }

    private Client.Reply as(String host, String mode) {
        return gateway.send(
                "GET /orders HTTP/1.1\nHost: " + host + "\nAccept: text/html\nSec-Fetch-Mode: " + mode + "\n\n");
    }

    private void logIn() {
        assertThat(browser.visit(provider.consent(browser.visit("/orders").field("location")))
                        .status())
                .isEqualTo(303);
    }

    private Client.Reply gatewayPost(String fields, String body) {
        return new Browser(gateway).post("/auth/ended", fields, body);
    }

    private static SessionCookies sessions() {
        var keys = Keyring.of(MasterSecret.of(Secret.of(KEY)));
        return new SessionCookies(
                SessionSettings.of(new MechanismName("people"), keys, SessionSettings.Transport.TLS),
                Randomness.system());
    }

    private String value(SessionCookies sessions, Duration age) {
        var login = new Login(
                new Issuer(provider.issuer()), new Subject("user-7"), Set.of(new Role("admin")), Set.of(), Claims.NONE);
        var cookie = sessions.cookies(sessions.begin(login, Instant.now().minus(age)))
                .getFirst();
        return cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    }
}
