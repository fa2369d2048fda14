package io.triport.manager.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.Bytes;
import io.triport.manager.answer.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ValueTextTest {
    @Property(tries = 200)
    void what_was_written_in_pieces_is_whole_again(
            @ForAll @IntRange(max = 200_000) int size,
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 9_000) int cut) {
        var bytes = new byte[size];
        new Random(seed).nextBytes(bytes);

        assertThat(Bytes.joined(written(bytes, cut).utf8())).isEqualTo(Bytes.copyOf(bytes));
        assertThat(Bytes.joined(written(Base64.getEncoder().encode(bytes), cut).base64()))
                .isEqualTo(Bytes.copyOf(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AP8=AAAA", "A", "AP8=\n", "AP-_", "AP8==", "====", "AP 8"})
    void what_is_no_base64_is_refused(String text) {
        assertThatThrownBy(() ->
                        written(text.getBytes(StandardCharsets.US_ASCII), 3).base64())
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.sentence()).isEqualTo("value must be base64"));
    }

    @Property(tries = 50)
    void padding_is_at_the_end_alone(@ForAll @IntRange(min = 1, max = 60) int place) {
        var text = "A".repeat(65_536 * 3).getBytes(StandardCharsets.US_ASCII);
        text[1_024 * place - 1] = '=';

        assertThatThrownBy(() -> written(text, 4_096).base64()).isInstanceOf(Refused.class);
    }

    private static ValueText written(byte[] bytes, int cut) {
        var text = new ValueText();
        for (var at = 0; at < bytes.length; at += cut) {
            var some = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + cut));
            text.write(some, 0, some.length);
        }
        return text;
    }
}
