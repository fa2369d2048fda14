package io.triport.domain.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;

final class HeadersPropertyTest {
    @Property
    void a_field_is_found_in_any_case_with_its_values_in_order(
            @ForAll @AlphaChars @NotEmpty String name, @ForAll List<String> values) {
        var headers = new Headers(Map.of(name.toLowerCase(Locale.ROOT), values));

        assertThat(headers.all(name.toUpperCase(Locale.ROOT))).isEqualTo(values);
        assertThat(headers.all(name)).isEqualTo(values);
        assertThat(headers.has(name)).isEqualTo(!values.isEmpty());
        assertThat(headers.only(name).isPresent()).isEqualTo(values.size() == 1);
    }

    @Example
    void a_repeated_field_has_no_only_value() {
        var headers = new Headers(Map.of("x-zt-nonce", List.of("a", "a"), "x-zt-key-id", List.of("k")));

        assertThat(headers.only("X-ZT-Nonce")).isEmpty();
        assertThat(headers.only("X-ZT-Key-Id")).contains("k");
        assertThat(headers.all("absent")).isEmpty();
        assertThat(headers.has("absent")).isFalse();
    }

    @Example
    void names_are_given_in_lower_case_and_the_map_is_copied() {
        assertThatThrownBy(() -> new Headers(Map.of("Host", List.of("a"))))
                .isInstanceOf(IllegalArgumentException.class);
        var fields = new java.util.HashMap<String, List<String>>();
        var headers = new Headers(fields);

        fields.put("late", new ArrayList<>());

        assertThat(headers).isEqualTo(Headers.NONE);
    }

    @Example
    void its_text_shows_no_value() {
        assertThat(new Headers(Map.of("authorization", List.of("Bearer geheim"))))
                .hasToString("Headers[authorization]");
    }
}
