package io.triport.identity.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Revocation;
import io.triport.domain.identity.RevocationKey;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.identity.Role;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Method;
import io.triport.domain.time.Randomness;
import io.triport.identity.keyring.TestKeyrings;
import io.triport.identity.revocation.RevocationRule;
import io.triport.testkit.FakeRevocationList;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestRequests;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionMechanismTest {
    static final Login ALICE = new Login(
            new Issuer("https://idp.example"),
            new Subject("alice"),
            Set.of(new Role("editor")),
            Set.of(new Scope("orders.read")),
            Claims.NONE);

    private final SettableClock clock = SettableClock.anywhere();
    private final SettableTicker ticker = new SettableTicker();
    private final FakeRevocationList revocations = new FakeRevocationList(ticker);
    private final SessionCookies cookies = cookies(settings());
    private final SessionMechanism mechanism = new SessionMechanism(cookies, revocations);
    private final Session session = cookies.begin(ALICE, clock.instant());

    @Test
    void a_cookie_is_who_logged_in() {
        var principal = principal(verify(get(session)));

        assertThat(principal.subject()).isEqualTo(new Subject("alice"));
        assertThat(principal.issuer()).isEqualTo(new Issuer("https://idp.example"));
        assertThat(principal.kind()).isEqualTo(Principal.Kind.HUMAN);
        assertThat(principal.roles()).containsExactly(new Role("editor"));
        assertThat(principal.scopes()).containsExactly(new Scope("orders.read"));
        assertThat(principal.claims().text("sid")).contains(session.sid());
        assertThat(principal.authenticatedAt()).isEqualTo(clock.instant());
        assertThat(principal.validUntil()).isEqualTo(clock.in(Duration.ofMinutes(30)));
    }

    @Test
    void the_cookie_is_for_this_host_and_tls_and_no_script() {
        var value = cookies.cookies(session).getFirst();

        assertThat(value)
                .matches("__Host-session=v1\\.[\\w-]{8}\\.[\\w-]+\\.[\\w-]{43}; Path=/; Max-Age=1800; SameSite=Lax;"
                        + " Secure; HttpOnly");
    }

    @Test
    void the_token_for_scripts_is_bound_to_the_session() {
        var value = cookies.cookies(session).getLast();

        assertThat(value)
                .isEqualTo(
                        "__Host-csrf=" + cookies.csrfToken(session) + "; Path=/; Max-Age=1800; SameSite=Lax; Secure");
        assertThat(cookies.csrfToken(session)).isNotEqualTo(cookies.csrfToken(cookies.begin(ALICE, clock.instant())));
    }

    @Test
    void for_development_the_cookie_goes_without_tls_under_another_name() {
        var plain = cookies(
                SessionSettings.of(new MechanismName("browser"), TestKeyrings.of(1), SessionSettings.Transport.PLAIN));
        var value = plain.cookies(plain.begin(ALICE, clock.instant())).getFirst();
        var request = request(Method.GET, Map.of("cookie", List.of(pair(value))));

        assertThat(value).startsWith("triport-dev-session=v1.").doesNotContain("Secure");
        assertThat(new SessionMechanism(plain, revocations).verify(request, clock.instant()))
                .isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(mechanism.present(request)).isFalse();
    }

    @Test
    void what_an_issuer_says_of_a_person_is_hidden_from_the_bearer() {
        var claims = Claims.of(Map.of("email", new ClaimValue.Text("alice@example.org")));
        var login = new Login(ALICE.issuer(), ALICE.subject(), Set.of(), Set.of(), claims);
        var value = cookies.cookies(cookies.begin(login, clock.instant())).getFirst();

        assertThat(value).startsWith("__Host-session=s1.").matches("[^.]+\\.[\\w-]{8}\\.[\\w-]+;.*");
        var principal = principal(verify(request(Method.GET, Map.of("cookie", List.of(pair(value))))));
        assertThat(principal.claims().text("email")).contains("alice@example.org");
        assertThat(principal.claims().text("sid")).isPresent();
    }

    @Test
    void a_subject_that_is_an_address_is_hidden_too() {
        var login = new Login(ALICE.issuer(), new Subject("alice@example.org"), Set.of(), Set.of(), Claims.NONE);

        assertThat(cookies.cookies(cookies.begin(login, clock.instant())).getFirst())
                .startsWith("__Host-session=s1.");
    }

    @Test
    void other_cookies_are_nothing_to_it() {
        var value = pair(cookies.cookies(session).getFirst());

        assertThat(mechanism.present(request(Method.GET, Map.of()))).isFalse();
        assertThat(mechanism.present(cookie("a=b; session=x; X__Host-session=y")))
                .isFalse();
        assertThat(verify(cookie("a=b;" + value + " ; c=__Host-session=1")))
                .isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(verify(request(Method.GET, Map.of("cookie", List.of("a=b", value)))))
                .isInstanceOf(IdentityOutcome.Authenticated.class);
    }

    @Test
    void two_session_cookies_are_ambiguous_even_when_they_are_one() {
        var value = pair(cookies.cookies(session).getFirst());

        assertThat(verify(cookie(value + "; " + value))).isEqualTo(rejected(Reason.AMBIGUOUS_CREDENTIALS));
        assertThat(verify(request(Method.GET, Map.of("cookie", List.of(value, "__Host-session=x")))))
                .isEqualTo(rejected(Reason.AMBIGUOUS_CREDENTIALS));
    }

    @Test
    void a_session_that_is_not_used_ends() {
        clock.advance(Duration.ofMinutes(30).minusMillis(1));
        assertThat(verify(get(session))).isInstanceOf(IdentityOutcome.Authenticated.class);

        clock.advance(Duration.ofMillis(1));
        assertThat(verify(get(session))).isEqualTo(rejected(Reason.SESSION_INVALID));
    }

    @Test
    void a_session_that_is_used_goes_on_until_its_life_is_over() {
        var used = session;
        for (var minute = 0; minute < 12 * 60; minute++) {
            assertThat(verify(get(used))).isInstanceOf(IdentityOutcome.Authenticated.class);
            clock.advance(Duration.ofMinutes(1));
            var renewed = cookies.renewed(used, clock.instant());
            if (!renewed.isEmpty() && minute < 12 * 60 - 1) {
                used = cookies.read(cookie(pair(renewed.getFirst())).headers(), clock.instant())
                        .orElseThrow();
            }
        }

        assertThat(used.expiresAt()).isEqualTo(clock.instant());
        assertThat(verify(get(used))).isEqualTo(rejected(Reason.SESSION_INVALID));
        var last = cookies.renewed(used, clock.instant()).getFirst();
        assertThat(verify(cookie(pair(last)))).isEqualTo(rejected(Reason.SESSION_INVALID));
    }

    @Test
    void a_session_is_renewed_once_a_minute() {
        clock.advance(Duration.ofSeconds(59));
        assertThat(cookies.renewed(session, clock.instant())).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        assertThat(cookies.renewed(session, clock.instant())).hasSize(2);
    }

    @Test
    void shorter_lives_count_for_sessions_that_began_before() {
        var stricter = cookies(new SessionSettings(
                new MechanismName("browser"),
                TestKeyrings.of(1),
                SessionSettings.Transport.TLS,
                Set.of(),
                Duration.ofMinutes(10),
                Duration.ofMinutes(5),
                RevocationRule.SOFT));

        clock.advance(Duration.ofMinutes(5));

        assertThat(verify(get(session))).isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(new SessionMechanism(stricter, revocations).verify(get(session), clock.instant()))
                .isEqualTo(rejected(Reason.SESSION_INVALID));
    }

    @Test
    void a_cookie_from_the_future_is_refused() {
        clock.advance(Duration.ofSeconds(-60));
        assertThat(verify(get(session))).isInstanceOf(IdentityOutcome.Authenticated.class);

        clock.advance(Duration.ofSeconds(-1));
        assertThat(verify(get(session))).isEqualTo(rejected(Reason.SESSION_INVALID));
    }

    @Test
    void an_old_key_verifies_and_the_new_one_signs() {
        var after = cookies(
                SessionSettings.of(new MechanismName("browser"), TestKeyrings.of(2, 1), SessionSettings.Transport.TLS));
        var changed = new SessionMechanism(after, revocations);

        assertThat(changed.verify(get(session), clock.instant())).isInstanceOf(IdentityOutcome.Authenticated.class);
        var renewed = after.cookies(session).getFirst();
        assertThat(verify(cookie(pair(renewed)))).isEqualTo(rejected(Reason.SESSION_INVALID));
        assertThat(changed.verify(post(session, Map.of("x-csrf-token", cookies.csrfToken(session))), clock.instant()))
                .isInstanceOf(IdentityOutcome.Authenticated.class);
    }

    @Test
    void a_session_that_was_ended_is_refused_wherever_its_cookie_is() {
        revocations.revoke(cookies.revocation(session));

        assertThat(verify(get(session))).isEqualTo(rejected(Reason.CREDENTIAL_REVOKED));
        assertThat(verify(get(cookies.begin(ALICE, clock.instant()))))
                .isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(cookies.revocation(session).keepUntil()).isAfter(clock.in(SessionSettings.DEFAULT_LIFE));
        assertThat(cookies.removed()).hasSize(2).allMatch(value -> value.contains("=; Path=/; Max-Age=0; "));
    }

    @Test
    void a_session_ends_with_the_one_of_its_issuer() {
        var theirs = cookies.begin(ALICE, "sid-of-the-issuer", clock.instant());

        revocations.revoke(Revocation.of(
                new RevocationKey.Session(ALICE.issuer(), "sid-of-the-issuer"), clock.in(Duration.ofHours(1))));

        assertThat(verify(get(theirs))).isEqualTo(rejected(Reason.CREDENTIAL_REVOKED));
    }

    @Test
    void when_revocations_are_unknown_sessions_go_on_or_cannot_be_judged_as_was_chosen() {
        var hard = new SessionSettings(
                new MechanismName("browser"),
                TestKeyrings.of(1),
                SessionSettings.Transport.TLS,
                Set.of(),
                SessionSettings.DEFAULT_LIFE,
                SessionSettings.DEFAULT_IDLE,
                RevocationRule.HARD);
        revocations.cut();
        ticker.advance(RevocationList.BLIND.plusSeconds(1));

        assertThat(verify(get(session))).isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(new SessionMechanism(cookies(hard), revocations).verify(get(session), clock.instant()))
                .isInstanceOf(IdentityOutcome.Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "PROPFIND", "get"})
    void a_change_must_come_from_the_own_origin(String method) {
        var change = new Method(method);
        var own = Map.of("origin", List.of("https://app.example.org"));

        assertThat(verify(change(change, session, own))).isInstanceOf(IdentityOutcome.Authenticated.class);
        for (var other : List.of(
                "http://app.example.org",
                "https://app.example.org:8443",
                "https://evil.example",
                "https://app.example.org.evil.example",
                "null",
                "")) {
            assertThat(verify(change(change, session, Map.of("origin", List.of(other)))))
                    .as(other)
                    .isEqualTo(rejected(Reason.ORIGIN_DENIED));
        }
        assertThat(verify(change(change, session, Map.of()))).isEqualTo(rejected(Reason.ORIGIN_DENIED));
        assertThat(verify(change(
                        change, session, Map.of("origin", List.of("https://app.example.org", "https://evil.example")))))
                .isEqualTo(rejected(Reason.ORIGIN_DENIED));
    }

    @Test
    void a_change_without_an_origin_needs_the_token_of_just_this_session() {
        var other = cookies.begin(ALICE, clock.instant());
        var token = cookies.csrfToken(session);

        assertThat(verify(post(session, Map.of("x-csrf-token", token))))
                .isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(verify(post(other, Map.of("x-csrf-token", token)))).isEqualTo(rejected(Reason.ORIGIN_DENIED));
        assertThat(verify(post(session, Map.of("x-csrf-token", token.substring(1)))))
                .isEqualTo(rejected(Reason.ORIGIN_DENIED));
        assertThat(verify(post(session, Map.of("cookie2", token)))).isEqualTo(rejected(Reason.ORIGIN_DENIED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void reading_needs_no_origin(String method) {
        assertThat(verify(change(new Method(method), session, Map.of("origin", List.of("https://evil.example")))))
                .isInstanceOf(IdentityOutcome.Authenticated.class);
    }

    @Test
    void a_websocket_is_opened_from_the_own_origin_only() {
        var evil = Map.of("upgrade", List.of("websocket"), "origin", List.of("https://evil.example"));
        var own = Map.of("upgrade", List.of("websocket"), "origin", List.of("https://app.example.org"));

        assertThat(verify(change(Method.GET, session, evil))).isEqualTo(rejected(Reason.ORIGIN_DENIED));
        assertThat(verify(change(Method.GET, session, own))).isInstanceOf(IdentityOutcome.Authenticated.class);
    }

    @Test
    void configured_origins_take_the_place_of_the_host() {
        var configured = new SessionMechanism(
                cookies(new SessionSettings(
                        new MechanismName("browser"),
                        TestKeyrings.of(1),
                        SessionSettings.Transport.TLS,
                        Set.of("https://front.example"),
                        SessionSettings.DEFAULT_LIFE,
                        SessionSettings.DEFAULT_IDLE,
                        RevocationRule.SOFT)),
                revocations);
        var front = change(Method.POST, session, Map.of("origin", List.of("https://front.example")));
        var host = change(Method.POST, session, Map.of("origin", List.of("https://app.example.org")));

        assertThat(configured.verify(front, clock.instant())).isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(configured.verify(host, clock.instant())).isEqualTo(rejected(Reason.ORIGIN_DENIED));
    }

    @Test
    void a_cookie_that_browsers_would_not_keep_is_not_made() {
        var picture = new ClaimValue.Text("x".repeat(3000));
        var login =
                new Login(ALICE.issuer(), ALICE.subject(), Set.of(), Set.of(), Claims.of(Map.of("picture", picture)));

        assertThatThrownBy(() -> cookies.cookies(cookies.begin(login, clock.instant())))
                .isInstanceOf(InvalidInput.class);
        assertThat(verify(cookie("__Host-session=v1." + "a".repeat(4096)))).isEqualTo(rejected(Reason.SESSION_INVALID));
    }

    static SessionSettings settings() {
        return SessionSettings.of(new MechanismName("browser"), TestKeyrings.of(1), SessionSettings.Transport.TLS);
    }

    private static SessionCookies cookies(SessionSettings settings) {
        return new SessionCookies(settings, Randomness.system());
    }

    private IdentityOutcome verify(Fetch request) {
        return mechanism.verify(request, clock.instant());
    }

    private Fetch get(Session of) {
        return change(Method.GET, of, Map.of());
    }

    private Fetch post(Session of, Map<String, String> more) {
        var headers = new HashMap<String, List<String>>();
        more.forEach((name, value) -> headers.put(name, List.of(value)));
        return change(Method.POST, of, headers);
    }

    private Fetch change(Method method, Session of, Map<String, List<String>> more) {
        var headers = new HashMap<>(more);
        headers.put("cookie", List.of(pair(cookies.cookies(of).getFirst())));
        return request(method, headers);
    }

    private static Fetch cookie(String value) {
        return request(Method.GET, Map.of("cookie", List.of(value)));
    }

    private static Fetch request(Method method, Map<String, List<String>> more) {
        var headers = new HashMap<>(more);
        headers.put("host", List.of("App.Example.org"));
        return TestRequests.fetch(method, "/orders", headers, "192.0.2.7");
    }

    /** What a browser sends back of a cookie. */
    static String pair(String setCookie) {
        return setCookie.substring(0, setCookie.indexOf(';'));
    }

    private static Principal principal(IdentityOutcome outcome) {
        assertThat(outcome).isInstanceOf(IdentityOutcome.Authenticated.class);
        return ((IdentityOutcome.Authenticated) outcome).principal();
    }

    private static IdentityOutcome rejected(Reason reason) {
        return new IdentityOutcome.Rejected(reason);
    }
}
