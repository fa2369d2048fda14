package io.triport.identity.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.triport.domain.request.InvalidInput;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PercentTest {
    @Property
    void whatever_was_encoded_comes_back(@ForAll @CharRange(from = 0, to = 0xD7FF) String text) {
        var encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");

        assertThat(Percent.decode(encoded)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%", "%2", "%zz", "%2g", "%ff", "%c3%28", "%ed%a0%80"})
    void what_is_not_percent_encoded_utf_8_is_refused(String text) {
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> Percent.decode(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2525", "a+b", "a%2Fb"})
    void nothing_is_decoded_twice_and_a_plus_stays(String text) {
        var decoded = Percent.decode(text);

        assertThat(decoded).isIn("%25", "a+b", "a/b");
    }
}
