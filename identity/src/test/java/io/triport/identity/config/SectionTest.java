package io.triport.identity.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.Secret;
import io.triport.domain.request.ByteSize;
import io.triport.identity.config.Section.Alias;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SectionTest {
    private static final Value<Integer> PORT = Value.integer(0, 65_535);

    private enum Colour {
        DARK_RED,
        BLUE
    }

    @Test
    void a_value_comes_from_the_file_and_else_is_the_default() {
        var section = section("a:\n  port: 17\n");

        assertThat(section.section("a").value("port", PORT, "1", "")).isEqualTo(17);
        assertThat(section.section("a").value("other", PORT, "1", "")).isEqualTo(1);
    }

    @Test
    void a_variable_overrides_the_file_and_a_flag_overrides_both() {
        var file = ConfigFile.parse("f.yml", "a: {the-port: 1}");
        var environment = Map.of("TRIPORT_A_THE_PORT", "2");

        assertThat(port(new Sources(file, Map.of(), Map.of()))).isEqualTo(1);
        assertThat(port(new Sources(file, environment, Map.of()))).isEqualTo(2);
        assertThat(port(new Sources(file, environment, Map.of("a.the-port", "3"))))
                .isEqualTo(3);
    }

    @Test
    void a_variable_of_the_original_overrides_the_file_and_gives_way_to_ours() {
        var file = ConfigFile.parse("f.yml", "window: 1s");
        var alias = new Alias("ZT_WINDOW_MS", "ms");
        var theirs = Map.of("ZT_WINDOW_MS", "2000");
        var both = Map.of("ZT_WINDOW_MS", "2000", "TRIPORT_WINDOW", "3s");

        assertThat(window(new Sources(file, Map.of(), Map.of()), alias)).isEqualTo(Duration.ofSeconds(1));
        assertThat(window(new Sources(file, theirs, Map.of()), alias)).isEqualTo(Duration.ofSeconds(2));
        assertThat(window(new Sources(file, both, Map.of()), alias)).isEqualTo(Duration.ofSeconds(3));
        assertThatThrownBy(() -> window(new Sources(file, Map.of("ZT_WINDOW_MS", "soon"), Map.of()), alias))
                .hasMessageStartingWith("environment ZT_WINDOW_MS: window: soonms (expected: a duration of");
    }

    @Test
    void a_section_that_several_readers_ask_for_knows_what_each_asked() {
        var root = section("listen:\n  port: 1\n  address: x\n");

        root.section("listen").value("port", PORT, "0", "");
        root.section("listen").value("address", Value.TEXT, "", "");

        root.refuseUnknown();
    }

    @Test
    void an_unknown_key_is_named_with_its_line_and_what_there_is() {
        var root = section("a:\n  b:\n    port: 1\n\n    prot: 2\n");
        root.section("a").section("b").value("port", PORT, "0", "");

        assertThatThrownBy(root::refuseUnknown)
                .isInstanceOf(ConfigError.class)
                .hasMessage("f.yml line 5: a.b.prot: unknown setting (expected: one of [port])");
    }

    @Test
    void a_variable_of_ours_that_nobody_asked_for_is_refused() {
        var environment = Map.of("TRIPORT_LISTEN_PROT", "1", "TRIPORT_JAVA_HOME", "/jdk", "HOME", "/root");
        var sources = new Sources(ConfigNode.Mapping.empty("f"), environment, Map.of());

        assertThatThrownBy(sources::refuseUnknownVariables).hasMessageContaining("TRIPORT_LISTEN_PROT");

        sources.root().section("triport").section("listen").value("prot", PORT, "0", "");
        sources.refuseUnknownVariables();
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "60s, PT1M", "5m, PT5M", "24h, PT24H", "7d, PT168H", "0s, PT0S"})
    void durations_have_a_unit(String text, Duration duration) {
        assertThat(section("d: " + text).value("d", Value.duration(Duration.ZERO, Duration.ofDays(9)), "1s", ""))
                .isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"5", "s", "-1s", "1.5s", "10d", "9223372036854775807d", "99999999999999999999s", "1 s", "1S"})
    void any_other_duration_is_refused_in_one_line(String text) {
        var section = section("d: \"" + text + "\"");

        assertThatThrownBy(() -> section.value("d", Value.duration(Duration.ZERO, Duration.ofDays(9)), "1s", ""))
                .isInstanceOf(ConfigError.class)
                .hasMessage("f.yml line 1: d: " + text + " (expected: a duration of 0s..9d)");
    }

    @Test
    void values_of_other_kinds_are_read_and_named_when_they_are_wrong() {
        var root = section("c: dark-red\nt: 2027-12-31T00:00:00Z\ns: 2KiB\nn: [192.0.2.0/24]\n");

        assertThat(root.value("c", Value.oneOf(Colour.values()), "blue", "")).isEqualTo(Colour.DARK_RED);
        assertThat(root.optional("t", Value.MOMENT, "")).contains(Instant.parse("2027-12-31T00:00:00Z"));
        assertThat(root.value("s", Value.size(ByteSize.ofKiB(1), ByteSize.ofKiB(2)), "1KiB", ""))
                .isEqualTo(ByteSize.ofKiB(2));
        assertThat(root.list("n", Value.CIDR, "")).hasSize(1);
        assertThatThrownBy(() -> root.value("t", Value.oneOf(Colour.values()), "blue", ""))
                .hasMessageEndingWith("(expected: one of dark-red, blue)");
        assertThatThrownBy(() -> root.value("s", Value.size(ByteSize.ZERO, ByteSize.ofKiB(1)), "1KiB", ""))
                .hasMessageContaining("2KiB (expected: a size of 0..1KiB)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x: [1]", "x: {y: 1}"})
    void a_list_or_a_section_is_no_value(String yaml) {
        assertThatThrownBy(() -> section(yaml).value("x", Value.TEXT, "", ""))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("not a single value");
    }

    @Test
    void a_value_is_no_list_and_no_section() {
        assertThatThrownBy(() -> section("x: a").list("x", Value.TEXT, "")).hasMessageContaining("not a list");
        assertThatThrownBy(() -> section("x: [[a]]").list("x", Value.TEXT, ""))
                .hasMessageContaining("not a single value");
        assertThatThrownBy(() -> section("x: a").section("x")).hasMessageContaining("not a section");
        assertThat(section("x:").section("x").value("y", Value.TEXT, "d", "")).isEqualTo("d");
    }

    @Test
    void a_list_in_a_variable_is_divided_by_commas() {
        var sources = new Sources(ConfigNode.Mapping.empty("f"), Map.of("TRIPORT_X", "a, b,,c"), Map.of());

        assertThat(sources.root().list("x", Value.TEXT, "")).containsExactly("a", "b", "", "c");
        assertThat(new Sources(ConfigNode.Mapping.empty("f"), Map.of("TRIPORT_X", " "), Map.of())
                        .root()
                        .list("x", Value.TEXT, ""))
                .isEmpty();
    }

    @Test
    void what_was_read_is_told_with_its_origin_and_without_secrets() {
        var sources = new Sources(
                ConfigFile.parse("f.yml", "a: 1\ns: \"${env:TOP}\"\n"), Map.of("TOP", "top secret"), Map.of("b", "2"));
        var root = sources.root();
        root.value("a", PORT, "0", "about a");
        root.value("b", PORT, "0", "");
        root.value("c", PORT, "7", "");
        root.secret("s", "");

        assertThat(sources.told())
                .extracting(Setting::key, Setting::shown, Setting::origin)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", "1", "f.yml line 1"),
                        org.assertj.core.groups.Tuple.tuple("b", "2", "command line"),
                        org.assertj.core.groups.Tuple.tuple("c", "7", "default"),
                        org.assertj.core.groups.Tuple.tuple("s", "(secret)", "f.yml line 1"));
        assertThat(sources.told().toString()).doesNotContain("top secret");
    }

    @Test
    void bounds_belong_to_what_they_bound() {
        var section = section(
                "a: 1\nb: 9\nc: 0\nd: 10\ns: 1KiB\nt: 2KiB\nu: 1023B\nv: 2049B\nx: 1s\ny: 2s\nz: 999ms\nw: 2001ms\n");
        var number = Value.number(1, 9);
        var size = Value.size(ByteSize.ofKiB(1), ByteSize.ofKiB(2));
        var duration = Value.duration(Duration.ofSeconds(1), Duration.ofSeconds(2));

        assertThat(section.value("a", number, "5", "")).isEqualTo(1);
        assertThat(section.value("b", number, "5", "")).isEqualTo(9);
        assertThat(section.value("b", Value.integer(1, 9), "5", "")).isEqualTo(9);
        assertThat(section.value("s", size, "1KiB", "")).isEqualTo(ByteSize.ofKiB(1));
        assertThat(section.value("t", size, "1KiB", "")).isEqualTo(ByteSize.ofKiB(2));
        assertThat(section.value("x", duration, "1s", "")).isEqualTo(Duration.ofSeconds(1));
        assertThat(section.value("y", duration, "1s", "")).isEqualTo(Duration.ofSeconds(2));
        for (var name : new String[] {"c", "d"}) {
            assertThatThrownBy(() -> section.value(name, number, "5", "")).hasMessageEndingWith("(expected: 1..9)");
        }
        for (var name : new String[] {"u", "v"}) {
            assertThatThrownBy(() -> section.value(name, size, "1KiB", "")).isInstanceOf(ConfigError.class);
        }
        for (var name : new String[] {"z", "w"}) {
            assertThatThrownBy(() -> section.value(name, duration, "1s", ""))
                    .hasMessageEndingWith("(expected: a duration of 1s..2s)");
        }
    }

    @ParameterizedTest
    @CsvSource({"1500ms, 1500ms", "1000ms, 1s", "90s, 90s", "60m, 1h", "25h, 25h", "48h, 2d", "0s, 0s"})
    void a_duration_is_shown_in_its_largest_whole_unit(String text, String shown) {
        var duration =
                Value.duration(Duration.ZERO, Duration.ofDays(9)).parser().apply(text);

        assertThat(Value.show(duration)).isEqualTo(shown);
    }

    @Test
    void a_text_matches_its_pattern_or_is_refused() {
        var section = section("a: abc\nb: ABC\n");
        var letters = Value.matching("[a-z]+", "small letters");

        assertThat(section.value("a", letters, "x", "")).isEqualTo("abc");
        assertThatThrownBy(() -> section.value("b", letters, "x", ""))
                .hasMessage("f.yml line 2: b: ABC (expected: small letters)");
    }

    @Test
    void secrets_are_found_by_reference_or_as_written_and_never_told() {
        var file = ConfigFile.parse(
                "f.yml", "a: \"${env:FIRST}\"\nb: [\"${env:FIRST}\", \"${env:OTHER}\"]\nc: one\nd: [two, three]\n");
        var sources = new Sources(file, Map.of("FIRST", "first secret", "OTHER", "second secret"), Map.of());
        var root = sources.root();

        assertThat(root.secret("a", "")).contains(Secret.of("first secret"));
        assertThat(root.secret("none", "")).isEmpty();
        assertThat(root.secrets("b", "")).containsExactly(Secret.of("first secret"), Secret.of("second secret"));
        assertThat(root.secrets("none", "")).isEmpty();
        assertThat(root.writtenSecrets("c", "")).containsExactly(Secret.of("one"));
        assertThat(root.writtenSecrets("d", "")).containsExactly(Secret.of("two"), Secret.of("three"));
        assertThat(root.writtenSecrets("none", "")).isEmpty();
        assertThat(sources.told())
                .extracting(Setting::key, Setting::shown)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", "(secret)"),
                        org.assertj.core.groups.Tuple.tuple("none", ""),
                        org.assertj.core.groups.Tuple.tuple("b", "(secret)"),
                        org.assertj.core.groups.Tuple.tuple("c", "(secret)"),
                        org.assertj.core.groups.Tuple.tuple("d", "(secret)"));
    }

    @Test
    void lists_and_optional_values_are_told_as_they_are() {
        var sources = new Sources(ConfigFile.parse("f.yml", "a: [x, \"\"]\nb: 5\n"), Map.of(), Map.of());
        var root = sources.root();
        root.list("a", Value.TEXT, "");
        root.optional("b", PORT, "");
        root.optional("c", PORT, "");

        assertThat(sources.told())
                .extracting(Setting::key, Setting::shown, Setting::origin)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", "[x, \"\"]", "f.yml line 1"),
                        org.assertj.core.groups.Tuple.tuple("b", "5", "f.yml line 2"),
                        org.assertj.core.groups.Tuple.tuple("c", "", "default"));
    }

    @Test
    void an_error_over_several_settings_names_one_of_them_with_its_line() {
        var section = section("inner:\n  a: 1\n").section("inner");

        assertThat(section.has("a")).isTrue();
        assertThat(section.has("b")).isFalse();
        assertThat(section.key()).isEqualTo("inner");
        assertThat(section.error("a", "1", "less")).hasMessage("f.yml line 2: inner.a: 1 (expected: less)");
        assertThat(section.error("b", "2", "more")).hasMessageEndingWith(": inner.b: 2 (expected: more)");
    }

    @Test
    void a_blank_variable_is_none() {
        var sources = new Sources(ConfigNode.Mapping.empty("f"), Map.of("A", "x", "B", " "), Map.of());

        assertThat(sources.variable("A")).contains("x");
        assertThat(sources.variable("B")).isEmpty();
        assertThat(sources.variable("C")).isEmpty();
    }

    @Test
    void sections_under_chosen_names_are_read_in_their_order() {
        var read = section("keys:\n  b: {port: 1}\n  a: {port: 2}\n")
                .named("keys", key -> key.name() + key.value("port", PORT, "0", ""));

        assertThat(read.values()).containsExactly("b1", "a2");
    }

    private static int port(Sources sources) {
        return sources.root().section("a").value("the-port", PORT, "0", "");
    }

    private static Duration window(Sources sources, Alias alias) {
        return sources.root()
                .value("window", Value.duration(Duration.ofMillis(1), Duration.ofHours(1)), "60s", "", alias);
    }

    private static Section section(String yaml) {
        return new Sources(ConfigFile.parse("f.yml", yaml), Map.of(), Map.of()).root();
    }
}
