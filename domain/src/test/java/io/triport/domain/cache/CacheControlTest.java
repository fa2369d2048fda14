package io.triport.domain.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Headers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class CacheControlTest {
    private static final int LONG = 1 << 20;

    @Test
    void directives_are_read_with_their_arguments() {
        var control = of(" Public ,max-age=60,, s-maxage = 5, private=\"Set-Cookie, x-a\\\"b\" , no-cache=\"\"");

        assertThat(control.directives())
                .isEqualTo(Map.of(
                        "public", "",
                        "max-age", "60",
                        "s-maxage", "5",
                        "private", "Set-Cookie, x-a\"b",
                        "no-cache", ""));
        assertThat(control.keptFields()).containsExactlyInAnyOrder("set-cookie", "x-a\"b");
        assertThat(control.isWhole("private")).isFalse();
    }

    @Test
    void of_a_directive_that_comes_twice_the_first_counts() {
        var control =
                CacheControl.of(new Headers(Map.of("cache-control", List.of("max-age=1, max-age=2", "max-age=3"))));

        assertThat(control.seconds("max-age")).hasValue(Duration.ofSeconds(1));
    }

    @Test
    void a_comma_in_quotes_begins_no_directive() {
        assertThat(of("x=\"a, public\", y").directives()).containsOnlyKeys("x", "y");
        assertThat(of("x=\"a, public, no end").directives()).containsOnlyKeys("x");
    }

    @Test
    void a_megabyte_of_anything_is_read() {
        assertThat(of("private=\"" + "a".repeat(LONG) + "\"").isWhole("private"))
                .isFalse();
        assertThat(of("private=\"" + "\\a".repeat(LONG / 2) + "\"").isWhole("private"))
                .isFalse();
        assertThat(of("a" + " ".repeat(LONG) + "\"").directives()).hasSize(1);
        assertThat(of(",".repeat(LONG)).directives()).isEmpty();
        assertThat(of("max-age=" + "9".repeat(LONG)).seconds("max-age"))
                .hasValue(Duration.ofSeconds(Integer.MAX_VALUE));
    }

    @Property
    void any_text_is_read(@ForAll String text) {
        assertThat(of(text).directives()).doesNotContainKey("");
    }

    private static CacheControl of(String value) {
        return CacheControl.of(new Headers(Map.of("cache-control", List.of(value))));
    }
}
