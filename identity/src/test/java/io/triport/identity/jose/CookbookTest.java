package io.triport.identity.jose;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.ClaimValue;
import java.util.LinkedHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 7520, 7797 and 8037; their folder names source and licence. */
final class CookbookTest {
    private static final Set<String> PUBLIC = Set.of("kty", "kid", "use", "alg", "crv", "x", "y", "n", "e", "k");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4_1.rsa_v15_signature.json",
                "4_2.rsa-pss_signature.json",
                "4_3.ecdsa_signature.json",
                "4_4.hmac-sha2_integrity_protection.json",
                "jws.json"
            })
    void a_compact_example_is_accepted(String file) {
        var example = Vectors.file("cookbook/" + file);

        assertThat(accepted(example, Vectors.text(Vectors.members(example, "output"), "compact")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4_1.rsa_v15_signature.json",
                "4_5.signature_with_detached_content.json",
                "4_6.protecting_specific_header_fields.json",
                "4_7.protecting_content_only.json",
                "4.2.hmac-sha2_b64_false.json",
                "hmac-sha2_b64_false.json"
            })
    void an_example_as_json_is_refused_in_both_its_forms(String file) {
        var output = Vectors.members(Vectors.file("cookbook/" + file), "output");

        for (var form : Set.of("json", "json_flat")) {
            var text = Vectors.json(Vectors.members(output, form));
            assertThat(text).startsWith("{\"");
            assertThat(CompactJws.parse(text, CompactJws.MOST_LENGTH)).isEmpty();
        }
    }

    @Test
    void several_signatures_are_refused() {
        var output = Vectors.members(Vectors.file("cookbook/4_8.multiple_signatures.json"), "output");

        assertThat(CompactJws.parse(Vectors.json(Vectors.members(output, "json")), CompactJws.MOST_LENGTH))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4_5.signature_with_detached_content.json", "hmac-sha2_b64_false.json"})
    void a_payload_that_is_not_within_is_refused(String file) {
        var example = Vectors.file("cookbook/" + file);
        var compact = Vectors.text(Vectors.members(example, "output"), "compact");
        assertThat(compact).isNotEmpty();

        assertThat(accepted(example, compact)).isFalse();
    }

    private static boolean accepted(ClaimValue.Members example, String token) {
        var input = Vectors.members(example, "input");
        var key = new LinkedHashMap<>(Vectors.members(input, "key").members());
        key.keySet().retainAll(PUBLIC);
        if (key.getOrDefault("kty", new ClaimValue.Nothing()).equals(new ClaimValue.Text("oct"))) {
            key.putIfAbsent("alg", new ClaimValue.Text(Vectors.text(input, "alg")));
        }
        return Vectors.accepts(new ClaimValue.Members(key), token, SignatureEngine.portable());
    }
}
