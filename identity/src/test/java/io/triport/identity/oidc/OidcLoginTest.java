package io.triport.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Role;
import io.triport.domain.identity.Secret;
import io.triport.domain.identity.Subject;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import io.triport.identity.federation.HttpDocuments;
import io.triport.identity.keyring.Keyring;
import io.triport.identity.keyring.MasterSecret;
import io.triport.identity.page.PageAnswer;
import io.triport.identity.session.SessionCookies;
import io.triport.identity.session.SessionMechanism;
import io.triport.identity.session.SessionSettings;
import io.triport.testkit.FakeNonceLedger;
import io.triport.testkit.FakeRevocationList;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OidcLoginTest {
    private static final String ORIGIN = "http://127.0.0.1:8804";
    private static final Keyring KEYS = Keyring.of(MasterSecret.of(Secret.of("0123456789abcdef0123456789abcdef")));
    private static final String LOGIN = "triport-dev-login";
    private static final String SESSION = "triport-dev-session";

    private final SettableClock clock = SettableClock.anywhere();
    private final SettableTicker ticker = new SettableTicker();
    private final FakeProvider provider = new FakeProvider(clock);
    private final FakeRevocationList revocations = new FakeRevocationList(ticker);
    private final SessionCookies sessions = new SessionCookies(
            SessionSettings.of(new MechanismName("session"), KEYS, SessionSettings.Transport.PLAIN),
            new SeededRandomness(5));
    private final OidcMeans means = new OidcMeans(
            sessions, revocations, FakeNonceLedger.empty(), ticker, new SeededRandomness(9), Runnable::run);
    private final OidcSettings settings = OidcSettings.of(
            new Issuer(provider.issuer()),
            FakeProvider.CLIENT,
            Secret.of(FakeProvider.SECRET),
            URI.create(ORIGIN + "/callback"),
            KEYS);
    private final Provider known =
            new Provider(settings, new HttpDocuments(), new HttpTokenEndpoint(), FakeProvider::keys, ticker);
    private final OidcLogin login = new OidcLogin(settings, known, means);
    private final BackChannelLogout backChannel = new BackChannelLogout(settings, known, means);
    private final Browser browser = new Browser();

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void a_login_ends_in_a_session_and_where_it_was_to_go() {
        var answer = logIn("/login?return=%2Forders%3Fopen%3D1");

        assertThat(answer).isInstanceOfSatisfying(PageAnswer.Redirect.class, redirect -> {
            assertThat(redirect.status()).isEqualTo(303);
            assertThat(redirect.location()).isEqualTo("/orders?open=1");
        });
        assertThat(browser.cookies()).containsKey(SESSION).doesNotContainKey(LOGIN);
        var principal = principal();
        assertThat(principal.issuer()).isEqualTo(new Issuer(provider.issuer()));
        assertThat(principal.subject()).isEqualTo(new Subject("user-7"));
        assertThat(principal.kind()).isEqualTo(Principal.Kind.HUMAN);
        assertThat(principal.roles()).containsExactly(new Role("admin"));
        assertThat(principal.claims().email())
                .hasValueSatisfying(email -> assertThat(email.text()).isEqualTo("user@example.org"));
        assertThat(principal.claims().text("sid")).contains("session-1");
    }

    @Test
    void answers_are_never_cached_and_cookies_are_kept_from_scripts() {
        var begun = login.login(browser.get("/login"), clock.instant());

        assertThat(begun.fields()).contains(new PageAnswer.Field("Cache-Control", "no-store"));
        assertThat(begun.fields()).contains(new PageAnswer.Field("Referrer-Policy", "no-referrer"));
        assertThat(begun.fields())
                .anyMatch(field -> field.name().equals("Set-Cookie")
                        && field.value().endsWith("; Path=/; Max-Age=600; SameSite=Lax; HttpOnly"));
        var secure = new LoginCookie(
                OidcSettings.of(
                        settings.issuer(), "c", Secret.of("s"), URI.create("https://app.example/callback"), KEYS),
                new SeededRandomness(1));
        assertThat(secure.removed()).isEqualTo("__Host-login=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly; Secure");
    }

    @Test
    void an_answer_counts_only_in_the_browser_that_asked() {
        var target = provider.consent(begin());

        assertRefused(login.callback(new Browser().get(target), clock.instant()), Reason.LOGIN_INVALID);
        var other = new Browser();
        other.takes(login.login(other.get("/login"), clock.instant()));
        assertRefused(login.callback(other.get(target), clock.instant()), Reason.LOGIN_INVALID);
        assertThat(browser.takes(login.callback(browser.get(target), clock.instant())))
                .isInstanceOf(PageAnswer.Redirect.class);
    }

    @Test
    void an_answer_counts_once_and_for_ten_minutes() {
        var target = provider.consent(begin());
        clock.advance(Duration.ofMinutes(10));
        assertRefused(login.callback(browser.get(target), clock.instant()), Reason.LOGIN_INVALID);
        clock.advance(Duration.ofSeconds(-1));

        assertThat(login.callback(browser.get(target), clock.instant())).isInstanceOf(PageAnswer.Redirect.class);
        assertRefused(login.callback(browser.get(target), clock.instant()), Reason.LOGIN_INVALID);
    }

    @ParameterizedTest
    @CsvSource({
        "state=, state=x",
        "code=, code=x",
        "code=, error=denied&code=",
        "code=, iss=https%3A%2F%2Fother.example&code=",
        "code=, code=a&code=",
        "code=, nothing="
    })
    void a_changed_answer_is_refused(String part, String instead) {
        var target = provider.consent(begin()).replace(part, instead);

        assertRefused(browser.takes(login.callback(browser.get(target), clock.instant())), Reason.LOGIN_INVALID);
        assertThat(browser.cookies()).isEmpty();
    }

    @Test
    void a_provider_that_names_itself_must_do_so() {
        provider.namingItself();
        var target = provider.consent(begin());

        assertRefused(
                login.callback(browser.get(target.replaceAll("&?iss=[^&]*", "")), clock.instant()),
                Reason.LOGIN_INVALID);
        assertThat(login.callback(browser.get(target), clock.instant())).isInstanceOf(PageAnswer.Redirect.class);
    }

    static Stream<Arguments> wrongTokens() {
        return Stream.of(
                Arguments.of("nonce", "another", Reason.LOGIN_INVALID),
                Arguments.of("nonce", null, Reason.LOGIN_INVALID),
                Arguments.of("aud", "another", Reason.TOKEN_AUDIENCE),
                Arguments.of("aud", List.of(FakeProvider.CLIENT, "another"), Reason.TOKEN_AUDIENCE),
                Arguments.of("azp", "another", Reason.TOKEN_AUDIENCE),
                Arguments.of("iss", "https://other.example", Reason.TOKEN_ISSUER),
                Arguments.of("at_hash", "AAAAAAAAAAAAAAAAAAAAAA", Reason.TOKEN_BINDING),
                Arguments.of("sub", null, Reason.TOKEN_SUBJECT),
                Arguments.of("roles", 7, Reason.TOKEN_MALFORMED),
                Arguments.of("exp", Date.from(Instant.EPOCH), Reason.TOKEN_EXPIRED));
    }

    @ParameterizedTest
    @MethodSource("wrongTokens")
    void an_id_token_that_is_not_for_this_login_is_refused(
            String claim, @org.jspecify.annotations.Nullable Object value, Reason reason) {
        provider.changing(
                set -> new JWTClaimsSet.Builder(set).claim(claim, value).build());

        assertRefused(logIn("/login"), reason);
        assertThat(browser.cookies()).doesNotContainKey(SESSION);
    }

    @Test
    void a_token_without_at_hash_or_sid_is_good_enough() {
        provider.changing(set -> new JWTClaimsSet.Builder(set)
                .claim("at_hash", null)
                .claim("sid", null)
                .build());

        logIn("/login");

        assertThat(principal().claims().text("sid"))
                .hasValueSatisfying(sid -> assertThat(sid).hasSize(22));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https%3A%2F%2Fevil.example",
                "%2F%2Fevil.example",
                "%2F%5Cevil.example",
                "%2F%09%2Fevil.example",
                "evil",
                "%2Fa%0D%0ASet-Cookie%3Ax",
                "%2Fa&return=%2Fb",
                "%zz",
                ""
            })
    void a_login_never_leads_to_another_site(String path) {
        assertThat(logIn("/login?return=" + path))
                .isInstanceOfSatisfying(
                        PageAnswer.Redirect.class,
                        redirect -> assertThat(redirect.location()).isEqualTo("/"));
    }

    @Test
    void without_the_provider_nothing_can_be_said() {
        provider.close();

        assertThat(login.login(browser.get("/login"), clock.instant())).isInstanceOf(PageAnswer.Unavailable.class);
        assertThat(backChannel
                        .handle(browser.post("/b", Map.of(), "logout_token=x"), clock.instant())
                        .status())
                .isEqualTo(503);
    }

    @Test
    void a_logout_ends_the_session_everywhere_and_at_the_provider() {
        logIn("/login");
        var kept = browser.get("/orders");

        var answer =
                browser.takes(login.logout(browser.post("/logout", Map.of("origin", ORIGIN), ""), clock.instant()));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        PageAnswer.Redirect.class,
                        redirect -> assertThat(redirect.location())
                                .isEqualTo(
                                        provider.issuer()
                                                + "/end?client_id=triport&post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A8804%2F"));
        assertThat(browser.cookies()).isEmpty();
        assertThat(mechanism().verify(kept, clock.instant()))
                .isEqualTo(new IdentityOutcome.Rejected(Reason.CREDENTIAL_REVOKED));
    }

    @Test
    void who_logs_in_again_under_the_same_name_of_a_session_is_in() {
        logIn("/login");
        browser.takes(login.logout(browser.post("/logout", Map.of("origin", ORIGIN), ""), clock.instant()));
        clock.advance(Duration.ofSeconds(5));

        logIn("/login");

        assertThat(principal().credential().text()).isEqualTo("session-1");
    }

    @Test
    void an_invitation_leads_back_to_what_was_asked_for() {
        var invited = browser.takes(login.invite(browser.get("/orders?open=1"), clock.instant()));

        var answer = login.callback(
                browser.get(provider.consent(((PageAnswer.Redirect) invited).location())), clock.instant());

        assertThat(((PageAnswer.Redirect) answer).location()).isEqualTo("/orders?open=1");
    }

    @Test
    void an_invitation_leads_to_no_other_site() {
        var invited = browser.takes(login.invite(browser.get("//evil.example/x"), clock.instant()));

        var answer = login.callback(
                browser.get(provider.consent(((PageAnswer.Redirect) invited).location())), clock.instant());

        assertThat(((PageAnswer.Redirect) answer).location()).isEqualTo("/");
    }

    @Test
    void another_site_cannot_log_somebody_out() {
        logIn("/login");

        assertThat(login.logout(browser.post("/logout", Map.of("origin", "https://evil.example"), ""), clock.instant())
                        .status())
                .isEqualTo(403);
        assertThat(login.logout(browser.post("/logout", Map.of(), ""), clock.instant())
                        .status())
                .isEqualTo(403);
        assertThat(login.logout(browser.get("/logout"), clock.instant()).status())
                .isEqualTo(405);
        principal();
    }

    @Test
    void the_provider_ends_a_session_by_its_name_once() {
        logIn("/login");
        var token = provider.logoutToken(claims -> claims);

        assertThat(sendLogout(token)).isEqualTo(new PageAnswer.Done());
        assertThat(mechanism().verify(browser.get("/"), clock.instant()))
                .isEqualTo(new IdentityOutcome.Rejected(Reason.CREDENTIAL_REVOKED));
        assertRefused(sendLogout(token), Reason.REPLAYED);
    }

    @Test
    void the_provider_ends_all_sessions_of_a_person_that_were_there_before() {
        logIn("/login");
        clock.advance(Duration.ofSeconds(5));
        var token = provider.logoutToken(claims -> claims.claim("sid", null).subject("user-7"));

        assertThat(sendLogout(token)).isEqualTo(new PageAnswer.Done());
        assertThat(mechanism().verify(browser.get("/"), clock.instant()))
                .isEqualTo(new IdentityOutcome.Rejected(Reason.CREDENTIAL_REVOKED));
        clock.advance(Duration.ofSeconds(5));
        logIn("/login");

        principal();
    }

    static Stream<Arguments> wrongLogouts() {
        return Stream.of(
                change(claims -> claims.claim("nonce", "n")),
                change(claims -> claims.claim("events", null)),
                change(claims -> claims.claim("events", Map.of("other", Map.of()))),
                change(claims -> claims.jwtID(null)),
                change(claims -> claims.issueTime(null)),
                change(claims -> claims.claim("sid", null)),
                change(claims -> claims.audience("another")),
                change(claims -> claims.issuer("https://other.example")),
                change(claims -> claims.expirationTime(Date.from(Instant.EPOCH))));
    }

    @ParameterizedTest
    @MethodSource("wrongLogouts")
    void a_logout_token_that_is_none_ends_nothing(UnaryOperator<JWTClaimsSet.Builder> change) {
        logIn("/login");

        assertThat(sendLogout(provider.logoutToken(change)).status()).isEqualTo(400);
        principal();
    }

    @Test
    void an_id_token_is_no_logout_token_and_other_requests_are_none() {
        logIn("/login");
        var set = new JWTClaimsSet.Builder().issuer(provider.issuer()).build();

        assertRefused(sendLogout(provider.signed("JWT", set)), Reason.TOKEN_HEADER);
        assertThat(backChannel
                        .handle(browser.post("/b", Map.of(), "x=1"), clock.instant())
                        .status())
                .isEqualTo(400);
        assertThat(backChannel.handle(browser.get("/b"), clock.instant()).status())
                .isEqualTo(405);
        principal();
    }

    @Test
    void a_session_that_is_used_is_refreshed_every_five_minutes_by_one() {
        logIn("/login");
        var person = principal();

        login.used(person, clock.instant());
        assertThat(provider.refreshes()).isZero();
        ticker.advance(Duration.ofMinutes(5));
        login.used(person, clock.instant());
        login.used(person, clock.instant());
        assertThat(provider.refreshes()).isEqualTo(1);
        ticker.advance(Duration.ofMinutes(5));
        login.used(person, clock.instant());

        assertThat(provider.refreshes()).isEqualTo(2);
        principal();
    }

    @Test
    void a_session_ends_when_the_provider_refreshes_it_no_more_and_not_when_it_is_away() {
        logIn("/login");
        var person = principal();

        provider.answeringRefreshes(503);
        ticker.advance(Duration.ofMinutes(5));
        login.used(person, clock.instant());
        principal();
        provider.answeringRefreshes(400);
        ticker.advance(Duration.ofMinutes(5));
        login.used(person, clock.instant());

        assertThat(mechanism().verify(browser.get("/"), clock.instant()))
                .isEqualTo(new IdentityOutcome.Rejected(Reason.CREDENTIAL_REVOKED));
    }

    @Test
    void settings_are_read() {
        var text = """
            issuer: https://idp.example
            clientId: triport
            clientSecret: "${env:SECRET}"
            redirectUri: https://app.example/callback
            scopes: [openid, profile]
            algorithms: [ES256]
            roleClaim: groups
            keys: ["${env:KEY}"]
            """;

        var read = OidcSettings.read(section(text));

        assertThat(read.issuer()).isEqualTo(new Issuer("https://idp.example"));
        assertThat(read.redirectUri()).isEqualTo(URI.create("https://app.example/callback"));
        assertThat(read.scopes()).containsExactly("openid", "profile");
        assertThat(read.roleClaim()).isEqualTo("groups");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clientId: c | issuer: missing",
                "issuer: http://idp.example | issuer: http://idp.example",
                "issuer: http://127.0.0.1:1 | issuer: http://127.0.0.1:1 (expected: an https URL, or http to loopback"
                        + " beside insecure: true)",
                "issuer: https://a | clientId: missing",
                "{issuer: 'https://a', clientId: c} | clientSecret: missing",
                "{issuer: 'https://a', clientId: c, clientSecret: x} | written out",
                "{issuer: 'https://a', clientId: c, clientSecret: '${env:SECRET}'} | redirectUri: missing",
                "{issuer: 'https://a', clientId: c, clientSecret: '${env:SECRET}', redirectUri: 'https://b/c?d', keys:"
                        + " ['${env:KEY}']} | redirectUri: (this one)",
                "{issuer: 'https://a', clientId: c, clientSecret: '${env:SECRET}', redirectUri: 'https://b/c', scopes:"
                        + " [x], keys: ['${env:KEY}']} | openid among them",
                "{issuer: 'https://a', clientId: c, clientSecret: '${env:SECRET}', redirectUri: 'https://b/c',"
                        + " algorithms: [HS256], keys: ['${env:KEY}']} | HS256",
                "{issuer: 'https://a', clientId: c, clientSecret: '${env:SECRET}', redirectUri: 'https://b/c'} | keys",
            })
    void what_cannot_be_used_is_an_error_with_its_place(String text, String message) {
        assertThatThrownBy(() -> OidcSettings.read(section(text)))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(message);
    }

    private static Arguments change(UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.of(change);
    }

    private static Section section(String text) {
        var environment = Map.of("SECRET", "s", "KEY", "0123456789abcdef0123456789abcdef");
        return new Sources(ConfigFile.parse("f.yml", text), environment, Map.of()).root();
    }

    private PageAnswer logIn(String target) {
        var begun = browser.takes(login.login(browser.get(target), clock.instant()));
        return browser.takes(login.callback(
                browser.get(provider.consent(((PageAnswer.Redirect) begun).location())), clock.instant()));
    }

    private String begin() {
        return ((PageAnswer.Redirect) browser.takes(login.login(browser.get("/login"), clock.instant()))).location();
    }

    private PageAnswer sendLogout(String token) {
        return backChannel.handle(
                new Browser().post("/backchannel-logout", Map.of(), "logout_token=" + token), clock.instant());
    }

    private SessionMechanism mechanism() {
        return new SessionMechanism(sessions, revocations);
    }

    private Principal principal() {
        var outcome = mechanism().verify(browser.get("/"), clock.instant());
        assertThat(outcome).isInstanceOf(IdentityOutcome.Authenticated.class);
        return ((IdentityOutcome.Authenticated) outcome).principal();
    }

    private static void assertRefused(PageAnswer answer, Reason reason) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        PageAnswer.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
}
