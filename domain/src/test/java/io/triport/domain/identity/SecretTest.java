package io.triport.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class SecretTest {
    @Test
    void it_lends_its_bytes_and_wipes_what_it_lent() {
        var secret = Secret.of("geheim\u00E9");
        var kept = new AtomicReference<byte[]>();

        var text = secret.use(bytes -> {
            kept.set(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        });

        assertThat(text).isEqualTo("geheim\u00E9");
        assertThat(kept.get()).containsOnly((byte) 0);
        assertThat(secret.<Integer>use(bytes -> (int) bytes[0])).isEqualTo('g');
    }

    @Test
    void it_does_not_share_an_array_with_its_maker() {
        var array = new byte[] {1, 2};
        var secret = Secret.copyOf(array);

        array[0] = 9;

        assertThat(secret.<Byte>use(bytes -> bytes[0])).isEqualTo((byte) 1);
        assertThat(secret.size()).isEqualTo(2);
    }

    @Test
    void its_text_and_its_hash_tell_nothing() {
        assertThat(Secret.of("geheim")).hasToString("Secret[6 bytes]");
        assertThat(Secret.of("geheim").hashCode()).isEqualTo(Secret.of("anders").hashCode());
    }

    @Test
    void equal_bytes_are_equal_secrets() {
        assertThat(Secret.of("a"))
                .isEqualTo(Secret.of("a"))
                .isNotEqualTo(Secret.of("b"))
                .isNotEqualTo(Secret.of("aa"));
        assertThat(Secret.of("a")).isNotEqualTo("a");
    }
}
