package io.triport.identity.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FieldParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "1 | 1",
                "-999999999999999 | -999999999999999",
                "1.50 | 1.5",
                "-0.001 | -0.001",
                "1.0;a | 1.0;a",
                "\"a \\\"b\\\" \\\\\" | \"a \\\"b\\\" \\\\\"",
                "*tok/en:x | *tok/en:x",
                ":aGVsbG8=: | :aGVsbG8=:",
                ":: | ::",
                "?0 | ?0",
                "a;  b=1;c=?1;d=?0 | a;b=1;c;d=?0"
            })
    void an_item_is_read_and_written_in_its_one_form(String text, String form) {
        assertThat(FieldParser.item("x", text).text()).isEqualTo(form);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1,",
                "1 2",
                "--1",
                "-",
                "1.",
                ".1",
                "1.2345",
                "1000000000000000",
                "1234567890123.1",
                "\"a",
                "\"a\\b\"",
                "\"\u00e9\"",
                "\"\t\"",
                ":aGVsbG8:",
                ":aGVsbG9=:",
                ":aGVs bG8=:",
                ":aGVsbG8=",
                "?2",
                "?",
                "a;A=1",
                "a;",
                "a;b=1;b=1",
                "a;=1",
                "(1 2)",
                "\u00e9",
                "a\u0000b"
            })
    void what_is_no_item_is_refused(String text) {
        assertThatThrownBy(() -> FieldParser.item("x", text)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void a_dictionary_keeps_its_order_and_knows_lists_and_flags() {
        var members = FieldParser.dictionary("x", "b=(\"x\";p  1 );q=2,\t a;r ,c=:AQI=:");

        assertThat(members.keySet()).containsExactly("b", "a", "c");
        assertThat(members.values().stream().map(Member::text)).containsExactly("(\"x\";p 1);q=2", "?1;r", ":AQI=:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=1,",
                "a=1,,b=2",
                "a=1 b=2",
                "a=1,a=2",
                "A=1",
                "=1",
                "a=",
                "a=(1",
                "a=(1,2)",
                "a=(1\t2)",
                "a =1"
            })
    void what_is_no_dictionary_is_refused(String text) {
        assertThatThrownBy(() -> FieldParser.dictionary("x", text)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void an_empty_dictionary_and_an_empty_list_have_no_members() {
        assertThat(FieldParser.dictionary("x", "  ")).isEmpty();
        assertThat(FieldParser.list("x", "")).isEmpty();
    }

    @Test
    void a_list_keeps_its_order() {
        assertThat(FieldParser.list("x", "a, (b c);d ,\t1").stream().map(Member::text))
                .containsExactly("a", "(b c);d", "1");
    }

    @Test
    void a_field_longer_than_16_KiB_is_refused() {
        assertThat(FieldParser.item("x", "a".repeat(16_384)).text()).hasSize(16_384);
        assertThatThrownBy(() -> FieldParser.item("x", "a".repeat(16_385))).isInstanceOf(InvalidInput.class);
    }

    @Property
    void what_is_written_is_read_again(@ForAll("dictionaries") Map<String, Member> members) {
        var text = members.entrySet().stream()
                .map(member -> member.getKey() + "=" + member.getValue().text())
                .collect(Collectors.joining(", "));

        assertThat(FieldParser.dictionary("x", text)).isEqualTo(members);
    }

    @Property
    void no_text_ends_in_anything_but_members_or_a_refusal(@ForAll @StringLength(max = 60) String text) {
        assertRead(text);
    }

    @Property(tries = 5000)
    void no_text_of_the_fields_own_characters_does_either(@ForAll("plausible") String text) {
        assertRead(text);
    }

    private static void assertRead(String text) {
        try {
            assertThat(FieldParser.dictionary("x", text)).isNotNull();
        } catch (InvalidInput e) {
            assertThat(e.field()).isEqualTo("x");
        }
    }

    @Provide
    Arbitrary<String> plausible() {
        return Arbitraries.strings().withChars("ab1-.?:;,=()\" \t\\*/A+").ofMaxLength(30);
    }

    @Provide
    Arbitrary<Map<String, Member>> dictionaries() {
        return Arbitraries.maps(keys(), members()).ofMaxSize(4);
    }

    private static Arbitrary<Member> members() {
        Arbitrary<List<Member.Item>> items = items().list().ofMaxSize(3);
        return Arbitraries.oneOf(
                items().map(item -> item),
                Combinators.combine(items, parameters()).as(Member.InnerList::new));
    }

    private static Arbitrary<Member.Item> items() {
        return Combinators.combine(bareItems(), parameters()).as(Member.Item::new);
    }

    private static Arbitrary<Parameters> parameters() {
        return Arbitraries.maps(keys(), bareItems()).ofMaxSize(3).map(Parameters::new);
    }

    private static Arbitrary<BareItem> bareItems() {
        return Arbitraries.oneOf(
                Arbitraries.longs()
                        .between(-999_999_999_999_999L, 999_999_999_999_999L)
                        .map(BareItem.Whole::new),
                Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(12).map(BareItem.Text::new),
                Arbitraries.strings()
                        .withCharRange('a', 'z')
                        .ofMinLength(1)
                        .ofMaxLength(6)
                        .map(BareItem.Token::new),
                Arbitraries.bytes()
                        .array(byte[].class)
                        .ofMaxSize(8)
                        .map(bytes -> new BareItem.Binary(Bytes.copyOf(bytes))),
                Arbitraries.of(true, false).map(BareItem.Flag::new));
    }

    private static Arbitrary<String> keys() {
        return Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(3);
    }
}
