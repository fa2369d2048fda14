package io.triport.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.Role;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Method;
import io.triport.domain.time.Randomness;
import io.triport.testkit.FakeRevocationList;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestRequests;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

final class SessionPropertyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final SessionCookies cookies = new SessionCookies(SessionMechanismTest.settings(), Randomness.system());
    private final SessionMechanism mechanism =
            new SessionMechanism(cookies, new FakeRevocationList(new SettableTicker()));

    @Property
    void a_session_comes_back_from_its_cookie(@ForAll("logins") Login login) {
        var session = cookies.begin(login, NOW);

        assertThat(cookies.open(value(session), NOW)).contains(session);
    }

    @Property
    void a_cookie_with_a_changed_bit_is_refused(
            @ForAll("logins") Login login, @ForAll @IntRange(max = 40_000) int bit) {
        var text = value(cookies.begin(login, NOW)).getBytes(StandardCharsets.ISO_8859_1);
        text[bit / 8 % text.length] ^= (byte) (1 << bit % 8);

        assertThat(verify(new String(text, StandardCharsets.ISO_8859_1))).isInstanceOf(IdentityOutcome.Rejected.class);
    }

    @Property
    void no_text_ends_in_anything_but_a_refusal(@ForAll @StringLength(max = 200) String text) {
        assertThat(verify(text)).isInstanceOf(IdentityOutcome.Rejected.class);
        assertThat(verify("v1." + text)).isInstanceOf(IdentityOutcome.Rejected.class);
        assertThat(verify("s1.x." + text)).isInstanceOf(IdentityOutcome.Rejected.class);
    }

    @Property
    void a_token_for_scripts_with_a_changed_bit_is_refused(@ForAll @IntRange(max = 1000) int bit) {
        var session = cookies.begin(SessionMechanismTest.ALICE, NOW);
        var token = cookies.csrfToken(session).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(cookies.csrfToken(session, cookies.csrfToken(session))).isTrue();

        token[bit / 8 % token.length] ^= (byte) (1 << bit % 8);

        assertThat(cookies.csrfToken(session, new String(token, StandardCharsets.ISO_8859_1)))
                .isFalse();
    }

    @Provide
    Arbitrary<Login> logins() {
        var words = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(20);
        var names = Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(20)
                .filter(text ->
                        text.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c)));
        return Combinators.combine(words, names, words.set().ofMaxSize(4), claims())
                .as((issuer, subject, roles, claims) -> new Login(
                        new Issuer(issuer),
                        new Subject(subject),
                        roles.stream().map(Role::new).collect(Collectors.toSet()),
                        roles.stream().map(Scope::new).collect(Collectors.toSet()),
                        claims));
    }

    private static Arbitrary<Claims> claims() {
        var values = Arbitraries.oneOf(
                Arbitraries.strings().alpha().map(ClaimValue.Text::new),
                Arbitraries.bigDecimals().map(ClaimValue.Numeric::new),
                Arbitraries.of(true, false).map(ClaimValue.Flag::new),
                Arbitraries.just(new ClaimValue.Nothing()),
                Arbitraries.just(new ClaimValue.Listing(
                        List.of(new ClaimValue.Text("admins"), new ClaimValue.Numeric(BigDecimal.valueOf(1.5))))),
                Arbitraries.just(new ClaimValue.Members(Map.of("a", new ClaimValue.Members(Map.of())))));
        return Arbitraries.maps(Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8), values)
                .ofMaxSize(4)
                .map(members -> Claims.of(Map.copyOf(members)));
    }

    private String value(Session session) {
        var pair = SessionMechanismTest.pair(cookies.cookies(session).getFirst());
        return pair.substring(pair.indexOf('=') + 1);
    }

    private IdentityOutcome verify(String value) {
        var headers = Map.of("cookie", List.of("__Host-session=" + value), "host", List.of("app.example.org"));
        return mechanism.verify(TestRequests.fetch(Method.GET, "/", headers, "192.0.2.7"), NOW);
    }
}
