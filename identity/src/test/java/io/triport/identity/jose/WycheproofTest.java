package io.triport.identity.jose;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.ClaimValue;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors of Wycheproof; their folder names source and licence. */
final class WycheproofTest {
    /*
     * Exceptions, by number: labelled valid and refused here. 346, 347, 350 and 351 are signed with another algorithm than the
     * key is for. 372 and 373 have a character that is none of base64url. What is encrypted and not signed is refused whatever
     * its label.
     *
     * Labelled invalid and accepted: 367 and 370, which are byte for byte the token of 357 under the key of 357, labelled valid.
     */
    private static final Set<Integer> OF_SIGNATURES = Set.of(346, 347, 350, 351, 367, 370, 372, 373);
    private static final Set<Integer> OF_THE_MIXED = Set.of(50, 67);

    /** The one that is used where no native provider is, and the way through a provider. */
    static List<SignatureEngine> engines() {
        return List.of(SignatureEngine.portable(), SignatureEngine.of(new AllOfThePlatform()));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void the_verdict_on_every_signature_is_the_published_one(SignatureEngine engine) {
        assertThat(deviations("json_web_signature_test.json", 401, engine))
                .containsExactlyInAnyOrderElementsOf(OF_SIGNATURES);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void the_verdict_on_every_key_is_the_published_one(SignatureEngine engine) {
        assertThat(deviations("json_web_key_test.json", 26, engine)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void the_verdict_on_the_mixed_vectors_is_the_published_one(SignatureEngine engine) {
        assertThat(deviations("json_web_crypto_test.json", 83, engine))
                .containsExactlyInAnyOrderElementsOf(OF_THE_MIXED);
    }

    @Test
    void nothing_that_is_encrypted_is_read() {
        var vectors = Vectors.file("wycheproof/json_web_encryption_test.json");

        var read = new TreeSet<Integer>();
        var seen = 0;
        for (var group : Vectors.list(vectors, "testGroups")) {
            for (var vector : Vectors.list(group, "tests")) {
                seen++;
                if (CompactJws.parse(Vectors.text(vector, "jwe"), CompactJws.MOST_LENGTH)
                        .isPresent()) {
                    read.add(Vectors.number(vector, "tcId"));
                }
            }
        }

        assertThat(seen).isEqualTo(139);
        assertThat(read).isEmpty();
    }

    private static Set<Integer> deviations(String file, int count, SignatureEngine engine) {
        var deviating = new TreeSet<Integer>();
        var seen = 0;
        for (var group : Vectors.list(Vectors.file("wycheproof/" + file), "testGroups")) {
            var key = Vectors.members(group, group.members().containsKey("public") ? "public" : "private");
            for (var vector : Vectors.list(group, "tests")) {
                seen++;
                var valid = Vectors.text(vector, "result").equals("valid");
                if (valid != Vectors.accepts(key, token(vector), engine)) {
                    deviating.add(Vectors.number(vector, "tcId"));
                }
            }
        }
        assertThat(seen).isEqualTo(count);
        return deviating;
    }

    /** As it would arrive; what is written as an object arrives as its text. */
    private static String token(ClaimValue.Members vector) {
        var name = vector.members().containsKey("jws") ? "jws" : "jwe";
        var value = vector.members().getOrDefault(name, new ClaimValue.Nothing());
        return value instanceof ClaimValue.Text(var text) ? text : Vectors.json(value);
    }

    /** One provider with everything, as a native one is; the platform has several. */
    private static final class AllOfThePlatform extends Provider {
        private static final long serialVersionUID = 1;

        AllOfThePlatform() {
            super("AllOfThePlatform", "1", "signatures of all providers of the platform");
            for (var provider : Security.getProviders()) {
                provider.getServices().stream()
                        .filter(service -> service.getType().equals("Signature"))
                        .forEach(service -> putService(new Lent(this, service)));
            }
        }
    }

    private static final class Lent extends Provider.Service {
        private final Provider.Service owned;

        Lent(Provider borrower, Provider.Service owned) {
            super(borrower, owned.getType(), owned.getAlgorithm(), owned.getClassName(), null, null);
            this.owned = owned;
        }

        @Override
        public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
            return owned.newInstance(parameter);
        }
    }
}
