package io.triport.identity.jose;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import java.math.BigInteger;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JwkSetTest {
    private static final String EC = "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"a\","
            + "\"x\":\"04N0xi21hshyvBp7I167sbE_bXqyqkAPfefdklMO7wY\","
            + "\"y\":\"UI8exy-C06a7DUnjIdENkxeFtHM4-l_41LqEw9nVgmw\"}";
    private static final String EDWARDS =
            "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"b\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";

    @Test
    void a_key_is_found_by_its_id_and_only_for_its_own_algorithms() {
        var keys = usable("{\"keys\":[" + EC + "," + EDWARDS + "]}").keys();

        assertThat(keys.find(Optional.of("a"), JwsAlgorithm.ES256)).hasSize(1);
        assertThat(keys.find(Optional.of("a"), JwsAlgorithm.ES384)).isEmpty();
        assertThat(keys.find(Optional.of("a"), JwsAlgorithm.HS256)).isEmpty();
        assertThat(keys.find(Optional.of("b"), JwsAlgorithm.EDDSA)).hasSize(1);
        assertThat(keys.find(Optional.of("b"), JwsAlgorithm.ED25519)).hasSize(1);
        assertThat(keys.find(Optional.of("A"), JwsAlgorithm.ES256)).isEmpty();
        assertThat(keys.find(Optional.empty(), JwsAlgorithm.ES256)).hasSize(1);
    }

    @Test
    void without_an_id_up_to_four_keys_are_tried() {
        assertThat(usable(alike(4)).keys().find(Optional.empty(), JwsAlgorithm.ES256))
                .hasSize(4);
        assertThat(usable(alike(5)).keys().find(Optional.empty(), JwsAlgorithm.ES256))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"use\":\"enc\"",
                "\"use\":1",
                "\"key_ops\":[\"sign\"]",
                "\"key_ops\":\"verify\"",
                "\"alg\":\"ES384\"",
                "\"alg\":\"ECDH-ES\"",
                "\"alg\":null",
            })
    void a_key_for_something_else_is_dropped(String purpose) {
        assertThat(usable("{\"keys\":[" + EC.replace("}", "," + purpose + "}") + "]}")
                        .dropped())
                .isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kty\":\"oct\",\"k\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}",
                "{\"kty\":\"XYZ\"}",
                "{}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}",
                "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"x\":\"AA\",\"y\":\"AA\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed448\",\"x\":\"AA\"}",
                "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}",
            })
    void a_key_that_cannot_be_used_is_dropped_and_the_others_stay(String key) {
        var read = usable("{\"keys\":[" + key + "," + EC + "]}");

        assertThat(read.dropped()).isOne();
        assertThat(read.keys().size()).isOne();
    }

    @Test
    void a_point_beside_the_curve_is_dropped() {
        assertThat(usable("{\"keys\":[" + EC.replace("04N0", "04N1") + "]}").dropped())
                .isOne();
    }

    @Test
    void a_weak_modulus_or_exponent_is_unsound() {
        var modulus = BigInteger.ONE.shiftLeft(2_047).add(BigInteger.valueOf(0x10001));
        var usual = BigInteger.valueOf(65_537);

        assertThat(JwkReader.sound(modulus, usual)).isTrue();
        assertThat(JwkReader.sound(modulus.shiftRight(1).setBit(0), usual)).isFalse();
        assertThat(JwkReader.sound(modulus.clearBit(0), usual)).isFalse();
        assertThat(JwkReader.sound(modulus.setBit(8_192), usual)).isFalse();
        assertThat(JwkReader.sound(modulus, BigInteger.valueOf(3))).isFalse();
        assertThat(JwkReader.sound(modulus, BigInteger.valueOf(65_538))).isFalse();
        assertThat(JwkReader.sound(modulus, BigInteger.ONE.shiftLeft(64).setBit(0)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
    void a_private_member_refuses_the_whole_set(String member) {
        assertThat(read("{\"keys\":[" + EDWARDS + "," + EC.replace("}", ",\"" + member + "\":\"AA\"}") + "]}"))
                .isEqualTo(new JwkSet.Refused(JwkSet.Fault.PRIVATE_KEY));
    }

    @Test
    void two_keys_of_one_id_refuse_the_whole_set() {
        assertThat(read("{\"keys\":[" + EC + "," + EDWARDS.replace("\"b\"", "\"a\"") + "]}"))
                .isEqualTo(new JwkSet.Refused(JwkSet.Fault.DUPLICATE_KID));
        assertThat(read("{\"keys\":[" + EC + ",{\"kty\":\"XYZ\",\"kid\":\"a\"}]}"))
                .isEqualTo(new JwkSet.Refused(JwkSet.Fault.DUPLICATE_KID));
    }

    @Test
    void the_same_key_twice_is_one() {
        assertThat(usable("{\"keys\":[" + EC + "," + EC + "]}").keys().size()).isOne();
    }

    @Test
    void more_than_64_keys_refuse_the_whole_set() {
        assertThat(usable(alike(64)).keys().size()).isEqualTo(64);
        assertThat(read(alike(65))).isEqualTo(new JwkSet.Refused(JwkSet.Fault.TOO_MANY_KEYS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"keys\":{}}",
                "{\"keys\":[1]}",
                "{\"keys\":[],\"keys\":[]}",
                "{\"keys\":[]} x",
                "{\"keys\":[{\"kid\":\"a\",\"kid\":\"a\"}]}",
                "{\"keys\":[{\"kid\":\"\\ud800\"}]}",
                "{\"keys\":[],\"n\":1e500}",
            })
    void what_is_no_set_is_refused(String text) {
        assertThat(read(text)).isEqualTo(new JwkSet.Refused(JwkSet.Fault.MALFORMED));
    }

    @Test
    void a_set_beyond_256_kib_is_refused() {
        assertThat(usable("{\"keys\":[]}" + " ".repeat(JwkSet.MOST_BYTES - 11))
                        .keys()
                        .size())
                .isZero();
        assertThat(read("{\"keys\":[]}" + " ".repeat(JwkSet.MOST_BYTES - 10)))
                .isEqualTo(new JwkSet.Refused(JwkSet.Fault.MALFORMED));
    }

    private static String alike(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> EC.replace("\"a\"", "\"k" + index + "\""))
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    private static JwkSet.Usable usable(String text) {
        return (JwkSet.Usable) read(text);
    }

    private static JwkSet read(String text) {
        return JwkSet.read(Bytes.utf8(text), SignatureEngine.portable());
    }
}
