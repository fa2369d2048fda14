package io.triport.identity.hmac;

import static io.triport.identity.hmac.SignedRequest.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.InvalidInput;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyRingTest {
    private static final String OTHER = "fedcba9876543210fedcba9876543210";

    @Test
    void two_keys_with_one_secret_are_refused_by_name_and_without_the_secret() {
        assertThatThrownBy(
                        () -> TestKeys.ring(TestKeys.key("a", OTHER, SECRET), TestKeys.key("b", " " + SECRET + "\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key b")
                .hasMessageContaining("key a")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void one_key_with_the_same_secret_twice_is_refused() {
        assertThatThrownBy(() -> TestKeys.ring(TestKeys.key("a", SECRET, SECRET)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_key_has_one_secret_or_two() {
        assertThatThrownBy(() -> TestKeys.key("a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TestKeys.key("a", SECRET, OTHER, OTHER + "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_id_outside_the_map_has_no_key() {
        var ring = TestKeys.ring(TestKeys.key("a", SECRET));

        assertThat(ring.find("b")).isEmpty();
        assertThat(ring.find("a\u0000")).isEmpty();
        assertThat(ring.find("a".repeat(129))).isEmpty();
        assertThat(ring.find(" A ")).isPresent();
    }

    @Test
    void a_shared_secret_answers_to_every_id() {
        var ring = new KeyRing.Shared(TestKeys.key("shared", SECRET));

        assertThat(ring.find("whoever")).contains(ring.key());
        assertThat(ring.isEmpty()).isFalse();
        assertThat(new KeyRing.Named(Map.of()).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "short", "fifteen bytes..", " fifteen bytes.. \n"})
    void a_secret_below_16_bytes_is_refused_and_not_repeated(String secret) {
        assertThatThrownBy(() -> HmacSecret.of(secret))
                .isInstanceOf(InvalidInput.class)
                .hasMessageNotContaining("fifteen");
    }

    @Test
    void a_secret_is_weak_below_32_bytes() {
        assertThat(HmacSecret.of("x".repeat(31)).weak()).isTrue();
        assertThat(HmacSecret.of("x".repeat(32)).weak()).isFalse();
    }

    @Test
    void a_secret_is_trimmed_as_the_client_trims_it() {
        assertThat(HmacSecret.of("\uFEFF\u00a0\t" + SECRET + "\u2028\u3000\r\n"))
                .isEqualTo(HmacSecret.of(SECRET));
        assertThat(HmacSecret.of("\u0000" + SECRET)).isNotEqualTo(HmacSecret.of(SECRET));
        assertThat(HmacSecret.of("\u001c" + SECRET)).isNotEqualTo(HmacSecret.of(SECRET));
    }

    @Test
    void no_text_form_tells_a_secret() {
        var key = TestKeys.key("a", SECRET);

        assertThat(HmacSecret.of(SECRET)).hasToString("HmacSecret[32 bytes]");
        assertThat(key.toString() + TestKeys.ring(key) + HmacSecret.of(SECRET)).doesNotContain(SECRET.substring(0, 8));
    }
}
