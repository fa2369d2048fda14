package io.triport.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.InvalidInput;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClaimsTest {
    @Test
    void sixteen_levels_are_held_and_one_more_is_not() {
        assertThat(Claims.of(Map.of("a", nested(15))).find("a")).isPresent();
        assertThatThrownBy(() -> Claims.of(Map.of("a", nested(16)))).isInstanceOf(InvalidInput.class);
    }

    @Test
    void sixty_four_kibibytes_are_held_and_one_byte_more_is_not() {
        var frame = 1 + 1;

        assertThat(Claims.of(Map.of("a", text("x".repeat(65_536 - frame)))).text("a"))
                .isPresent();
        assertThatThrownBy(() -> Claims.of(Map.of("a", text("x".repeat(65_536 - frame + 1)))))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> Claims.of(Map.of("a", text("\u00E4".repeat(32_768)))))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void many_small_values_count_too() {
        var items = java.util.Collections.<ClaimValue>nCopies(65_536, new ClaimValue.Nothing());

        assertThatThrownBy(() -> Claims.of(Map.of("a", new ClaimValue.Listing(items))))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void nothing_of_the_tree_changes_with_what_it_was_made_from() {
        var inner = new HashMap<String, ClaimValue>(Map.of("b", text("c")));
        var outer = new LinkedHashMap<String, ClaimValue>();
        outer.put("a", new ClaimValue.Members(inner));
        var claims = Claims.of(outer);

        inner.put("b", text("changed"));
        outer.clear();

        assertThat(claims).isEqualTo(Claims.of(Map.of("a", new ClaimValue.Members(Map.of("b", text("c"))))));
        assertThatThrownBy(() -> claims.tree().members().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void no_text_form_shows_a_value() {
        var claims = Claims.of(Map.of(
                "a",
                new ClaimValue.Listing(List.of(text("secret"), number("4711"), new ClaimValue.Members(Map.of())))));

        assertThat(claims.toString() + claims.tree() + claims.find("a") + number("4711") + text("secret"))
                .doesNotContain("secret", "4711");
    }

    @Test
    void one_number_has_many_spellings() {
        assertThat(number("1.0")).isEqualTo(number("10e-1")).isEqualTo(number("1"));
    }

    @Test
    void an_address_counts_unless_the_issuer_does_not_vouch_for_it() {
        var address = text("a@example.org");
        var vouched = Claims.of(Map.of("email", address, "email_verified", new ClaimValue.Flag(true)));

        assertThat(Claims.of(Map.of("email", address)).email()).contains(new EmailAddress("a@example.org"));
        assertThat(vouched.email()).contains(new EmailAddress("a@example.org"));
        assertThat(Claims.of(Map.of("email", address, "email_verified", text("true")))
                        .email())
                .contains(new EmailAddress("a@example.org"));
        for (var doubt : List.of(new ClaimValue.Flag(false), text("false"), number("1"), new ClaimValue.Nothing())) {
            assertThat(Claims.of(Map.of("email", address, "email_verified", doubt))
                            .email())
                    .isEmpty();
        }
        assertThat(Claims.of(Map.of("email", number("1"))).email()).isEmpty();
        assertThat(Claims.of(Map.of("email", text("nobody"))).email()).isEmpty();
        assertThat(Claims.NONE.email()).isEmpty();
    }

    @Test
    void addresses_are_compared_trimmed_composed_and_in_ascii_lower_case() {
        assertThat(EmailAddress.parse("  Root@Example.ORG ").text()).isEqualTo("root@example.org");
        assertThat(EmailAddress.parse("Jose\u0301@example.org")).isEqualTo(EmailAddress.parse("jos\u00E9@example.org"));
        assertThat(EmailAddress.parse("\u00C9@example.org")).isNotEqualTo(EmailAddress.parse("\u00E9@example.org"));
        assertThat(EmailAddress.parse("a@xn--mnchen-3ya.example").domain()).isEqualTo("xn--mnchen-3ya.example");
        assertThat(EmailAddress.parse("root@example.org")).hasToString("EmailAddress[16 characters]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "a@",
                "@example.org",
                "a@b@example.org",
                "a b@example.org",
                "a@exa mple.org",
                "a@ex\u00E4mple.org",
                "a@ex\u0430mple.org",
                "a@.org",
                "a@example..org",
                "a@example.org.",
                "a@-x.org",
                "a@\uFF45xample.org",
                "a\n@example.org",
                "a@example-.org"
            })
    void what_is_no_address_with_an_ascii_domain_is_refused(String text) {
        assertThatThrownBy(() -> EmailAddress.parse(text)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void an_address_is_made_in_its_comparable_form_only() {
        assertThatThrownBy(() -> new EmailAddress("Root@example.org")).isInstanceOf(InvalidInput.class);
    }

    @Test
    void a_principal_can_be_taken_back_under_every_name_that_it_has() {
        var issuer = new Issuer("https://issuer");
        var id = new PrincipalId(new MechanismName("jwt"), issuer, new Subject("s"));
        var named = Principal.named(
                id, Principal.Kind.SERVICE, new CredentialId("key"), AuthStrength.BEARER, Instant.EPOCH, Instant.EPOCH);
        var full = new Principal(
                id,
                named.kind(),
                Set.of(),
                Set.of(),
                Claims.of(Map.of("jti", text("j"), "sid", text("i"))),
                named.credential(),
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH,
                AuthStrength.BEARER);

        assertThat(RevocationKey.of(named))
                .containsExactlyInAnyOrder(
                        new RevocationKey.Credential(new CredentialId("key")),
                        new RevocationKey.Holder(issuer, new Subject("s")));
        assertThat(RevocationKey.of(full))
                .hasSize(4)
                .contains(new RevocationKey.Token(issuer, "j"), new RevocationKey.Session(issuer, "i"));
    }

    @Test
    void a_revocation_covers_what_was_issued_before_its_time() {
        var key = new RevocationKey.Credential(new CredentialId("key"));
        var at = Instant.parse("2026-01-01T00:00:00Z");

        assertThat(new Revocation(key, at, Instant.MAX).covers(at.minusNanos(1)))
                .isTrue();
        assertThat(new Revocation(key, at, Instant.MAX).covers(at)).isFalse();
        assertThat(Revocation.of(key, at).covers(at.plusSeconds(1))).isTrue();
    }

    private static ClaimValue nested(int levels) {
        return levels == 0 ? text("x") : new ClaimValue.Listing(List.of(nested(levels - 1)));
    }

    private static ClaimValue.Text text(String text) {
        return new ClaimValue.Text(text);
    }

    private static ClaimValue.Numeric number(String text) {
        return new ClaimValue.Numeric(new BigDecimal(text));
    }
}
