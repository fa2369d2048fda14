package io.triport.identity.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.Secret;
import io.triport.domain.request.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SignerKeyTest {
    /** RFC 8037 appendix A: key, thumbprint and signature. */
    @Test
    void an_ed25519_key_has_the_thumbprint_and_makes_the_signature_of_rfc_8037() {
        var seed = Base64.getUrlDecoder().decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");
        var key = SignerKey.parse(
                pem("302e020100300506032b657004220420" + HexFormat.of().formatHex(seed)));
        var text = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";

        assertThat(key.algorithm()).isEqualTo(SigningAlgorithm.EDDSA);
        assertThat(key.id()).isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        assertThat(JsonText.of(key.jwk())).contains("\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"");
        assertThat(encoded(key.sign(text.getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
    }

    /** RFC 6979 appendix A.2.5, P-256 with SHA-256 and the message "sample". */
    @Test
    void a_p256_key_signs_as_rfc_6979_says() {
        var scalar = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";
        var key =
                SignerKey.parse(pem("3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420" + scalar));

        assertThat(key.algorithm()).isEqualTo(SigningAlgorithm.ES256);
        assertThat(HexFormat.of().formatHex(key.sign("sample".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                        + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
        assertThat(JsonText.of(key.jwk()))
                .contains("\"x\":\"" + hexToUrl("60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6")
                        + "\"")
                .contains("\"y\":\"" + hexToUrl("7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299")
                        + "\"");
    }

    @ParameterizedTest
    @EnumSource
    void a_generated_key_is_read_and_has_the_same_id_each_time(SigningAlgorithm algorithm) {
        var pem = PrivateKeyPem.generate(algorithm);

        var key = SignerKey.parse(Secret.of(pem));

        assertThat(pem).startsWith("-----BEGIN PRIVATE KEY-----\n").endsWith("\n-----END PRIVATE KEY-----\n");
        assertThat(key.algorithm()).isEqualTo(algorithm);
        assertThat(SignerKey.parse(Secret.of(pem.strip())).id()).isEqualTo(key.id());
        assertThat(key).hasToString("SignerKey[" + algorithm.text() + ", " + key.id() + "]");
        assertThat(JsonText.of(key.jwk()))
                .doesNotContain("\"d\"")
                .endsWith("\"use\":\"sig\",\"alg\":\"" + algorithm.text() + "\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY----------END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----AAAA-----END EC PRIVATE KEY-----"
            })
    void what_is_no_private_key_is_refused(String pem) {
        assertThatThrownBy(() -> SignerKey.parse(Secret.of(pem))).isInstanceOf(InvalidInput.class);
    }

    @Test
    void other_curves_and_short_moduli_are_refused() throws Exception {
        var curve = KeyPairGenerator.getInstance("EC");
        curve.initialize(384);
        var modulus = KeyPairGenerator.getInstance("RSA");
        modulus.initialize(1024);

        for (var generator : new KeyPairGenerator[] {curve, modulus}) {
            var der = HexFormat.of()
                    .formatHex(generator.generateKeyPair().getPrivate().getEncoded());
            assertThatThrownBy(() -> SignerKey.parse(pem(der))).isInstanceOf(InvalidInput.class);
        }
    }

    private static Secret pem(String hex) {
        return Secret.of("-----BEGIN PRIVATE KEY-----\n"
                + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex))
                + "\n-----END PRIVATE KEY-----\n");
    }

    private static String hexToUrl(String hex) {
        return encoded(HexFormat.of().parseHex(hex));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
