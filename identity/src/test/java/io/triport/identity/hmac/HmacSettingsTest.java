package io.triport.identity.hmac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HmacSettingsTest {
    @Test
    void nonces_are_remembered_for_two_windows_and_what_clocks_differ() {
        assertThat(new HmacSettings(Duration.ofSeconds(60), "").nonceMemory()).isEqualTo(Duration.ofSeconds(180));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.999S", "PT1H1S"})
    void a_window_outside_a_second_to_an_hour_is_refused(Duration window) {
        assertThatThrownBy(() -> new HmacSettings(window, "")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "/base/", "/"})
    void a_base_path_begins_with_a_slash_and_does_not_end_with_one(String path) {
        assertThatThrownBy(() -> new HmacSettings(HmacSettings.DEFAULT_WINDOW, path))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
