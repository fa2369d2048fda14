package io.triport.identity.keyring;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.Secret;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.testkit.SeededRandomness;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MasterSecretTest {
    private static final String TEXT = "c2VjcmV0IG9mIDMyIGJ5dGVzIGZvciB0ZXN0cyAhISE";
    private static final Purpose SESSION = new Purpose("session");

    @Test
    void keys_are_made_by_hkdf_with_the_purpose_as_information() throws GeneralSecurityException {
        var key = MasterSecret.of(Secret.of(TEXT)).mac(SESSION);

        var extracted = hmac(new byte[32], TEXT.getBytes(US_ASCII));
        var expanded = hmac(extracted, "triport/session\u0001".getBytes(US_ASCII));
        assertThat(key.sign("message")).isEqualTo(hmac(expanded, "message".getBytes(US_ASCII)));
    }

    @Test
    void keys_of_two_purposes_and_of_two_secrets_differ() {
        var message = "message";
        var secret = TestKeyrings.secret(1);

        assertThat(HexFormat.of().formatHex(secret.mac(SESSION).sign(message)))
                .isNotEqualTo(HexFormat.of()
                        .formatHex(secret.mac(new Purpose("url/session")).sign(message)))
                .isNotEqualTo(HexFormat.of()
                        .formatHex(TestKeyrings.secret(2).mac(SESSION).sign(message)));
    }

    @Test
    void what_is_sealed_for_one_purpose_does_not_open_for_another() {
        var secret = TestKeyrings.secret(1);
        var sealed = secret.seal(SESSION).seal(Bytes.utf8("plain"), "about", new SeededRandomness(3));

        assertThat(secret.seal(SESSION).open(sealed, "about")).contains(Bytes.utf8("plain"));
        assertThat(secret.seal(new Purpose("other")).open(sealed, "about")).isEmpty();
        assertThat(TestKeyrings.secret(2).seal(SESSION).open(sealed, "about")).isEmpty();
        assertThat(secret.seal(SESSION).open(sealed, "another matter")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0123456789abcdef0123456789abcde",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "changemechangemechangemechangeme"
            })
    void a_secret_that_is_short_or_made_up_is_refused(String text) {
        assertThatThrownBy(() -> MasterSecret.of(Secret.of(text)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageNotContaining("changeme");
    }

    @Test
    void no_text_form_shows_a_key() {
        var secret = MasterSecret.of(Secret.of(TEXT));

        assertThat(secret.id()).matches("[A-Za-z0-9_-]{8}");
        assertThat(secret).hasToString("MasterSecret[" + secret.id() + "]");
        assertThat(secret.mac(SESSION)).hasToString("MacKey[" + secret.id() + "]");
        assertThat(secret.seal(SESSION)).hasToString("SealKey[" + secret.id() + "]");
    }

    private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }
}
