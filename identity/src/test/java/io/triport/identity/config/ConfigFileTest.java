package io.triport.identity.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigFileTest {
    @Test
    void each_value_knows_its_line() {
        var file = ConfigFile.parse("app.yml", "# first\na: 1\nb:\n  - x\n  - 'y'\n");

        assertThat(file.entries().get("a")).isEqualTo(new ConfigNode.Scalar("app.yml line 2", "1", false));
        assertThat(file.entries().get("b"))
                .isInstanceOfSatisfying(
                        ConfigNode.Listing.class,
                        list -> assertThat(list.items())
                                .containsExactly(
                                        new ConfigNode.Scalar("app.yml line 4", "x", false),
                                        new ConfigNode.Scalar("app.yml line 5", "y", true)));
    }

    @Test
    void values_stay_as_written() {
        var file = ConfigFile.parse("f", "a: 007\nb: yes\nc: 1e3\nd: 2027-12-31T00:00:00Z\ne: ~\nf: ${env:X}\n");

        assertThat(file.entries().values())
                .extracting(node -> ((ConfigNode.Scalar) node).text())
                .containsExactly("007", "yes", "1e3", "2027-12-31T00:00:00Z", "~", "${env:X}");
    }

    @Test
    void an_empty_file_is_an_empty_configuration() {
        assertThat(ConfigFile.parse("f", "").entries()).isEmpty();
        assertThat(ConfigFile.parse("f", "# only a comment\n").entries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 1\na: 2",
                "a: {b: 1, b: 2}",
                "- a",
                "text",
                "a: [",
                "a: 'open",
                "a: 1\n b: 2",
                "a: b: c",
                "a: &x {b: 1}\nc: *x",
                "? [a]\n: b",
                "a: !secret x",
                "a: !6%a",
                "a: !!java.lang.Runtime x",
                "--- \na: 1\n---\nb: 2",
                "\tb: 1",
                "a: \u0007",
                "%YAML 9.9\n---\na: 1",
            })
    void what_is_not_plain_data_with_each_key_once_is_refused(String text) {
        assertThatThrownBy(() -> ConfigFile.parse("app.yml", text))
                .isInstanceOf(ConfigError.class)
                .hasMessageStartingWith("app.yml")
                .hasMessageNotContaining("\n");
    }

    @Test
    void a_key_that_is_there_twice_is_named_with_the_line_of_the_second() {
        assertThatThrownBy(() -> ConfigFile.parse("app.yml", "a: 1\nb: 2\na: 3\n"))
                .hasMessage("app.yml line 3: a: twice (expected: each key once)");
    }

    @Test
    void a_syntax_error_is_named_with_its_line() {
        assertThatThrownBy(() -> ConfigFile.parse("app.yml", "a: 1\nb: [1, 2\nc: 3\n"))
                .hasMessageStartingWith("app.yml line 3: (syntax): ");
    }

    @Test
    void files_that_cannot_be_read_are_refused(@TempDir Path directory) throws IOException {
        var binary = Files.write(directory.resolve("binary.yml"), new byte[] {'a', ':', ' ', (byte) 0xFF});
        var large = Files.write(directory.resolve("large.yml"), new byte[4 * 1024 * 1024 + 1]);

        assertThatThrownBy(() -> ConfigFile.read(directory.resolve("none.yml"))).hasMessageContaining("unreadable");
        assertThatThrownBy(() -> ConfigFile.read(directory)).isInstanceOf(ConfigError.class);
        assertThatThrownBy(() -> ConfigFile.read(binary)).hasMessageContaining("not UTF-8");
        assertThatThrownBy(() -> ConfigFile.read(large)).hasMessageContaining("at most 4 MiB");
    }

    @Property
    void no_text_ends_in_anything_but_a_configuration_or_a_configuration_error(@ForAll("texts") String text) {
        assertThatCode(() -> {
                    try {
                        ConfigFile.parse("f", text);
                    } catch (ConfigError e) {
                        assertThat(e.getMessage()).doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}]");
                    }
                })
                .doesNotThrowAnyException();
    }

    @Property
    void no_json_ends_in_anything_but_a_configuration_or_a_configuration_error(@ForAll("texts") String text) {
        assertThatCode(() -> {
                    try {
                        ConfigJson.parse("V", text);
                    } catch (ConfigError e) {
                        assertThat(e.getMessage()).doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}]");
                    }
                })
                .doesNotThrowAnyException();
    }

    @Property
    void an_error_is_one_line_of_bounded_length_whatever_it_shows(
            @ForAll @StringLength(max = 2000) String key, @ForAll @StringLength(max = 2000) String value) {
        assertThat(new ConfigError("f line 1", key, value, "better").getMessage())
                .doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}]")
                .hasSizeLessThan(600);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(60),
                Arbitraries.strings()
                        .withChars("ab:{}[],'\"\n -?&*!|>%@`#\\\t0u")
                        .ofMaxLength(60));
    }

    @Test
    void json_is_read_strictly() {
        var read = ConfigJson.parse("V", "{\"a\": {\"b\": [1, \"x\", null]}}");

        assertThat(read.entries()).containsOnlyKeys("a");
        for (var wrong : new String[] {"", "[]", "1", "{\"a\":1,\"a\":2}", "{} {}", "{,}", "{'a':1}", "{\"a\":01}"}) {
            assertThatThrownBy(() -> ConfigJson.parse("V", wrong))
                    .isInstanceOf(ConfigError.class)
                    .hasMessageStartingWith("V");
        }
    }

    @Test
    void an_error_in_json_does_not_repeat_the_text() {
        assertThatThrownBy(() -> ConfigJson.parse("ZT_KEYS_JSON", "{\"app\": {\"secret\": \"top-secret\" oops}}"))
                .hasMessage("ZT_KEYS_JSON line 1: (syntax): not JSON (expected: JSON without duplicate names)");
    }
}
