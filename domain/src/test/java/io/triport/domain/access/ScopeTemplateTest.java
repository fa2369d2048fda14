package io.triport.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScopeTemplateTest {
    @Test
    void a_scope_opens_what_its_claims_say() {
        var scope = ScopeTemplate.parse("data-{team}*", List.of("{sub}/", "shared"), List.of("get_object"));

        var permission = scope.fill(claims("team", "red", "sub", "alice")).orElseThrow();

        assertThat(permission.permits(Action.OBJECT_GET, key("data-red-1", "alice/x")))
                .isTrue();
        assertThat(permission.permits(Action.OBJECT_GET, key("data-red", "shared/x")))
                .isTrue();
        assertThat(permission.permits(Action.OBJECT_GET, key("data-red", "shared-not")))
                .isFalse();
        assertThat(permission.permits(Action.OBJECT_GET, key("data-blue", "alice/x")))
                .isFalse();
        assertThat(permission.permits(Action.OBJECT_GET, key("data-red", "bob/x")))
                .isFalse();
        assertThat(permission.permits(Action.OBJECT_PUT, key("data-red", "alice/x")))
                .isFalse();
    }

    @Test
    void a_claim_that_is_missing_empty_or_no_text_takes_the_scope_away() {
        var scope = ScopeTemplate.parse("data", List.of("all/", "{group}/"), List.of("read"));

        assertThat(scope.fill(Claims.NONE)).isEmpty();
        assertThat(scope.fill(claims("group", ""))).isEmpty();
        assertThat(scope.fill(Claims.of(Map.of("group", new ClaimValue.Numeric(BigDecimal.ONE)))))
                .isEmpty();
        assertThat(scope.fill(Claims.of(Map.of("group", new ClaimValue.Listing(List.of(new ClaimValue.Text("a")))))))
                .isEmpty();
        assertThat(scope.fill(claims("group", "a"))).isPresent();
    }

    @Test
    void a_slash_in_the_place_of_a_bucket_makes_a_scope_void() {
        var scope = ScopeTemplate.parse("{team}", List.of(), List.of("read"));

        assertThat(scope.fill(claims("team", "a/b"))).isEmpty();
        assertThat(scope.fill(claims("team", "a"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "}", "a{b", "a}b", "{}", "{{a}}", "{a}}"})
    void braces_that_mean_nothing_are_refused(String text) {
        assertThatThrownBy(() -> TextTemplate.parse(text)).isInstanceOf(InvalidInput.class);
    }

    @Property
    void no_sign_in_a_claim_means_anything(@ForAll("texts") String claim, @ForAll("texts") String other) {
        var bucket = TextTemplate.parse("b-{team}").pattern(claims("team", claim));
        var prefix = TextTemplate.parse("p-{team}").text(claims("team", claim));

        assertThat(prefix)
                .isEqualTo(claim.isEmpty() ? java.util.Optional.empty() : java.util.Optional.of("p-" + claim));
        assertThat(bucket.isPresent()).isEqualTo(!claim.isEmpty() && !claim.contains("/"));
        bucket.ifPresent(glob -> assertThat(glob.matches("b-" + other)).isEqualTo(claim.equals(other)));
    }

    @Property
    void names_of_actions_say_what_they_were_made_of(@ForAll("actions") Set<Action> actions) {
        assertThat(ActionNames.parse(ActionNames.of(actions))).isEqualTo(actions);
    }

    @Test
    void every_action_on_objects_and_buckets_has_a_name() {
        var named = ActionNames.parse("*");

        assertThat(EnumSet.allOf(Action.class).stream()
                        .filter(action -> action.name().matches("(OBJECT|UPLOAD|BUCKET)_.*")))
                .allMatch(named::contains);
        assertThat(ActionNames.of(named)).containsExactly("*");
        assertThatThrownBy(() -> ActionNames.parse("GetObject")).isInstanceOf(InvalidInput.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://idp.example",
                "http://127.0.0.1:1",
                "idp.example",
                "https:x",
                "file:///etc",
                "https://a b"
            })
    void an_issuer_is_reached_by_tls(String text) {
        assertThatThrownBy(() -> new TrustedProvider(new Issuer(text), TrustedProvider.Transport.TLS))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void an_issuer_on_this_machine_needs_no_tls_where_that_is_written_down() {
        var plain = TrustedProvider.Transport.PLAIN_LOOPBACK;

        assertThat(new TrustedProvider(new Issuer("http://127.0.0.1:1"), plain).transport())
                .isEqualTo(plain);
        assertThatThrownBy(() -> new TrustedProvider(new Issuer("http://idp.example"), plain))
                .isInstanceOf(InvalidInput.class);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab*?{}/").ofMaxLength(4);
    }

    @Provide
    Arbitrary<Set<Action>> actions() {
        return Arbitraries.of(ActionNames.parse("*")).set();
    }

    private static ResourceName key(String bucket, String key) {
        return new ResourceName(bucket, Bytes.utf8(key));
    }

    private static Claims claims(String... pairs) {
        var members = new java.util.HashMap<String, ClaimValue>();
        for (var i = 0; i < pairs.length; i += 2) {
            members.put(pairs[i], new ClaimValue.Text(pairs[i + 1]));
        }
        return Claims.of(members);
    }
}
