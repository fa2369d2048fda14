package io.triport.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the names of identity accept: each bound from both sides. */
final class IdentityNamesTest {
    @Test
    void a_credential_id_has_1_to_255_characters_and_no_control_characters() {
        assertThat(new CredentialId("k".repeat(255))).hasToString("k".repeat(255));
        for (var bad : List.of("", "k".repeat(256), "a\nb", "a\u007F")) {
            assertThatThrownBy(() -> new CredentialId(bad)).isInstanceOf(InvalidInput.class);
        }
    }

    @Test
    void a_subject_has_1_to_255_characters_and_no_control_characters() {
        assertThat(new Subject("s".repeat(255)).text()).hasSize(255);
        for (var bad : List.of("", "s".repeat(256), "a\tb")) {
            assertThatThrownBy(() -> new Subject(bad)).isInstanceOf(InvalidInput.class);
        }
    }

    @Test
    void an_issuer_has_1_to_2048_characters() {
        assertThat(new Issuer("i".repeat(2048)).text()).hasSize(2048);
        assertThatThrownBy(() -> new Issuer("")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> new Issuer("i".repeat(2049))).isInstanceOf(InvalidInput.class);
    }

    @Test
    void a_mechanism_is_named_in_lower_case() {
        assertThat(new MechanismName("m".repeat(32))).hasToString("m".repeat(32));
        assertThat(new MechanismName("access-jwt2")).hasToString("access-jwt2");
        for (var bad : List.of("", "m".repeat(33), "Hmac", "1hmac", "-hmac", "h mac")) {
            assertThatThrownBy(() -> new MechanismName(bad)).isInstanceOf(InvalidInput.class);
        }
    }

    @Test
    void a_scope_is_a_word_as_issuers_write_them() {
        assertThat(new Scope("kv.get")).hasToString("kv.get");
        assertThat(new Scope("https://issuer/Read.All").text()).isEqualTo("https://issuer/Read.All");
        assertThat(new Scope("s".repeat(255)).text()).hasSize(255);
        for (var bad : List.of("", "kv.get ", "a b", "a\"b", "a\\b", "a\nb", "\u00E4", "\u007F", "s".repeat(256))) {
            assertThatThrownBy(() -> new Scope(bad)).isInstanceOf(InvalidInput.class);
        }
    }

    @Test
    void a_role_has_1_to_255_characters_and_no_control_characters() {
        assertThat(new Role("Leitung Süd")).hasToString("Leitung Süd");
        for (var bad : List.of("", "r".repeat(256), "a\rb")) {
            assertThatThrownBy(() -> new Role(bad)).isInstanceOf(InvalidInput.class);
        }
    }

    @Test
    void each_action_has_a_scope_of_its_own() {
        var scopes = new HashSet<Scope>();

        assertThat(Action.values())
                .allSatisfy(action -> assertThat(scopes.add(action.scope())).isTrue());
        assertThat(Action.KV_GET.scope()).isEqualTo(new Scope("kv.get"));
    }

    @Test
    void a_prefix_has_at_most_1024_bytes_and_the_empty_one_covers_all() {
        assertThat(KeyPrefix.of("p".repeat(1_024)).bytes().size()).isEqualTo(1_024);
        assertThatThrownBy(() -> KeyPrefix.of("p".repeat(1_025))).isInstanceOf(InvalidInput.class);
        assertThat(KeyPrefix.EVERY.covers(Bytes.utf8("anything"))).isTrue();
        assertThat(KeyPrefix.of("a").covers(Bytes.EMPTY)).isFalse();
    }

    @Test
    void a_stored_credential_has_1_byte_to_64_kib() {
        var id = new CredentialId("a");

        assertThatCode(() -> new StoredCredential(id, Bytes.copyOf(new byte[65_536])))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new StoredCredential(id, Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StoredCredential(id, Bytes.copyOf(new byte[65_537])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_route_lists_its_mechanisms_each_once_and_at_least_one() {
        var hmac = new MechanismName("hmac");

        for (var mechanisms : List.of(List.<MechanismName>of(), List.of(hmac, hmac))) {
            assertThatThrownBy(() -> new RoutePolicy(mechanisms, Combine.AGREE, Set.of(), ByteSize.ZERO, Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() ->
                        new RoutePolicy(List.of(hmac), Combine.AGREE, Set.of(), ByteSize.ZERO, Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_unique_form_of_a_principal_differs_whenever_a_part_differs() {
        var seen = new HashSet<String>();
        var parts = List.of("a", "ab", "b", "1:a", "a1:");

        for (var mechanism : List.of("a", "ab")) {
            for (var issuer : parts) {
                for (var subject : parts) {
                    var id = new PrincipalId(new MechanismName(mechanism), new Issuer(issuer), new Subject(subject));
                    assertThat(seen.add(id.unique())).isTrue();
                }
            }
        }
    }

    @Test
    void a_principal_shows_kind_and_short_name_alone() {
        var id = new PrincipalId(new MechanismName("hmac"), new Issuer("https://issuer"), new Subject("app"));
        var now = java.time.Instant.EPOCH;

        var principal =
                Principal.named(id, Principal.Kind.SERVICE, new CredentialId("key"), AuthStrength.BEARER, now, now);

        assertThat(principal).hasToString("Principal[SERVICE, hmac:app]");
    }

    @Test
    void reasons_read_as_words_and_know_which_credentials_were_bad() {
        assertThat(Reason.SIGNATURE_MISMATCH.text()).isEqualTo("signature-mismatch");
        assertThat(Reason.SIGNATURE_MISMATCH.badCredential()).isTrue();
        assertThat(Reason.UNKNOWN_KEY.badCredential()).isTrue();
        assertThat(Reason.REPLAYED.badCredential()).isFalse();
        assertThat(Reason.NO_CREDENTIALS.badCredential()).isFalse();
        assertThat(Reason.UNAVAILABLE.badCredential()).isFalse();
        assertThat(Reason.REPLAYED.refused()).isEqualTo(Reason.Refused.CONFLICT);
    }
}
