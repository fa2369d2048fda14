package io.triport.identity.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        var environment = Map.of("A_THE_PORT", "2");

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
        var both = Map.of("ZT_WINDOW_MS", "2000", "WINDOW", "3s");

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
        var sources = new Sources(ConfigNode.Mapping.empty("f"), Map.of("X", "a, b,,c"), Map.of());

        assertThat(sources.root().list("x", Value.TEXT, "")).containsExactly("a", "b", "", "c");
        assertThat(new Sources(ConfigNode.Mapping.empty("f"), Map.of("X", " "), Map.of())
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
