package io.triport.identity.urltoken;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Method;
import io.triport.identity.keyring.TestKeyrings;
import io.triport.testkit.FakeNonceLedger;
import io.triport.testkit.TestRequests;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

final class UrlTokenPropertyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final UrlTokens tokens =
            UrlTokenMechanismTest.tokens(TestKeyrings.of(1), "confirm", UrlTokenSettings.Use.MANY);
    private final UrlTokenMechanism mechanism = new UrlTokenMechanism(tokens, FakeNonceLedger.empty());

    @Property
    void whatever_is_signed_is_verified(
            @ForAll @StringLength(min = 1, max = 100) @AlphaChars String subject,
            @ForAll @StringLength(max = 100) @AlphaChars String path) {
        var link = tokens.link(Method.POST, "/" + path, new Subject(subject), NOW);

        assertThat(verify(link)).isInstanceOf(IdentityOutcome.Authenticated.class);
    }

    @Property(tries = 10_000)
    void a_link_with_a_changed_bit_is_refused(@ForAll @IntRange(max = 10_000) int bit) {
        var link =
                tokens.link(Method.POST, "/confirm", new Subject("alice"), NOW).getBytes(StandardCharsets.ISO_8859_1);
        // The first character stays: without it there is no path, and a server asks nobody.
        var at = 1 + bit / 8 % (link.length - 1);
        link[at] ^= (byte) (1 << bit % 8);

        assertThat(verify(new String(link, StandardCharsets.ISO_8859_1))).isInstanceOf(IdentityOutcome.Rejected.class);
    }

    @Property
    void no_token_ends_in_anything_but_a_refusal(@ForAll @StringLength(max = 200) String text) {
        var subject = new Subject("alice");

        assertThat(tokens.verify(text, Method.POST, "/confirm", subject)).isEmpty();
        assertThat(tokens.verify("v1.x.1." + text, Method.POST, "/confirm", subject))
                .isEmpty();
    }

    @Property
    void text_comes_back_from_its_encoded_form(@ForAll @StringLength(max = 50) String text) {
        var encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
        var valid = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        assertThat(LinkQuery.decode(encoded)).isEqualTo(Optional.of(valid));
    }

    private IdentityOutcome verify(String target) {
        try {
            var request = TestRequests.fetch(Method.POST, target, Map.of(), "192.0.2.7");
            return mechanism.verify(request, NOW);
        } catch (InvalidInput e) {
            throw new AssertionError("no target: " + target, e);
        }
    }
}
