package io.triport.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.Secret;
import io.triport.identity.keyring.Keyring;
import io.triport.identity.keyring.MasterSecret;
import io.triport.identity.page.PageAnswer;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

final class LoginAttemptPropertyTest {
    private static final Keyring KEYS = Keyring.of(MasterSecret.of(Secret.of("0123456789abcdef0123456789abcdef")));
    private static final String LOGIN = "triport-dev-login";

    private final SettableClock clock = SettableClock.anywhere();
    private final OidcSettings settings = OidcSettings.of(
            new Issuer("https://idp.example"),
            "triport",
            Secret.of("s"),
            URI.create("http://127.0.0.1:8804/callback"),
            KEYS);

    @Property(tries = 200)
    void one_changed_bit_of_the_cookie_is_refused(@ForAll @IntRange(max = 100_000) int bit) {
        var cookie = new LoginCookie(settings, new SeededRandomness(1));
        var attempt = LoginAttempt.begin("/a", clock.in(Duration.ofMinutes(10)), new SeededRandomness(2));
        var own = new Browser();
        own.takes(new PageAnswer.Redirect("/", List.of(cookie.of(attempt))));
        assertThat(cookie.read(own.get("/callback"), clock.instant())).contains(attempt);
        var value = own.cookies().getOrDefault(LOGIN, "").toCharArray();
        value[bit / 7 % value.length] ^= (char) (1 << bit % 7);
        own.cookies().put(LOGIN, new String(value));

        assertThat(cookie.read(own.get("/callback"), clock.instant())).isEmpty();
    }

    @Property(tries = 300)
    void no_text_in_a_query_ends_in_anything_but_a_path_of_this_site(@ForAll @StringLength(max = 60) String text) {
        assertThat(LoginAttempt.onThisSite(text)).isEqualTo(text.matches("/(?![/])[!-~&&[^\\\\]]*"));
    }
}
