package io.triport.kv.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

public final class JsonTest {
    @Property
    void what_is_written_reads_back_as_the_same_value(@ForAll("values") Json value) {
        assertThat(JsonReader.read(written(value))).isEqualTo(value);
    }

    @Property
    void compact_json_is_written_as_it_was_read(@ForAll("values") Json value) {
        var text = written(value);

        assertThat(written(JsonReader.read(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.0", "1e2", "1E+2", "-0", "-0.0", "1.10", "12345678901234567890.123456789", "1e400", "0.1e-7"})
    public void numbers_keep_their_digits(String digits) {
        assertThat(rewritten("[" + digits + "]")).isEqualTo("[" + digits + "]");
    }

    @Test
    public void members_keep_their_order() {
        assertThat(rewritten("{ \"b\" : 1 ,\n\"a\":{\"10\":1,\"9\":2} }"))
                .isEqualTo("{\"b\":1,\"a\":{\"10\":1,\"9\":2}}");
    }

    /** The right side is what {@code JSON.stringify} of ECMAScript gives. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\\u0000, \\u0000",
                "\\u0008, \\b",
                "\\u0009, \\t",
                "\\u000a, \\n",
                "\\u000b, \\u000b",
                "\\u000C, \\f",
                "\\u000d, \\r",
                "\\u001F, \\u001f",
                "\\u0022, \\\"",
                "\\u005c, \\\\",
                "\\/, /",
                "\\u002f, /",
                "\\u007F, \u007f",
                "\\u0041, A",
                "\\ud800, \\ud800",
                "\\uDC00, \\udc00",
                "\\udc00\\ud800, \\udc00\\ud800",
                "\\ud83d\\ude00, \ud83d\ude00",
                "\\ud83d\\u0041, \\ud83dA",
                "\\u2028, \u2028",
                "\\ufeff, \ufeff"
            })
    public void strings_are_escaped_as_ecmascript_escapes_them(String sent, String stored) {
        assertThat(rewritten("\"x" + sent + "y\"")).isEqualTo("\"x" + stored + "y\"");
        assertThat(rewritten("{\"x" + sent + "y\":0}")).isEqualTo("{\"x" + stored + "y\":0}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[",
                "[1,]",
                "[,1]",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\" 1}",
                "01",
                "-",
                "+1",
                "1.",
                ".1",
                "1e",
                "1e+",
                "0x1",
                "NaN",
                "Infinity",
                "-Infinity",
                "tru",
                "True",
                "nul",
                "nulll",
                "undefined",
                "\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12G4\"",
                "\"a\nb\"",
                "\"a\tb\"",
                "\"a\u0000b\"",
                "1 2",
                "{} {}",
                "[1] x",
                "// c\n1",
                "/* c */1",
                "#c\n1",
                "\ufeff1",
                "\u00a01",
                "1\u00a0",
                "\u000b1",
                "\f1",
                "[1 2]",
                "[\"a\" \"b\"]",
                "{\"a\":1 \"b\":2}",
                "1,",
                "--1",
                "1..2",
                "\"\\'\"",
                "[1]]"
            })
    public void what_is_not_json_is_refused(String text) {
        assertThatThrownBy(() -> JsonReader.read(Bytes.utf8(text))).isInstanceOf(InvalidInput.class);
        assertThat(JsonReader.isJson(Bytes.utf8(text))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":1}", "{\"b\":{\"a\":1,\"\\u0061\":2}}", "[{\"\":1,\"\":2}]"})
    public void duplicate_names_are_refused_however_they_are_spelt(String text) {
        assertThatThrownBy(() -> JsonReader.read(Bytes.utf8(text))).isInstanceOf(InvalidInput.class);
        assertThat(JsonReader.isJson(Bytes.utf8(text))).isFalse();
    }

    @Test
    public void depth_64_passes_and_65_does_not() {
        for (var brackets : List.of(Tuple.of("[", "1", "]"), Tuple.of("{\"a\":", "1", "}"))) {
            var deepest = nested(brackets.get1(), brackets.get2(), brackets.get3(), 64);
            var deeper = nested(brackets.get1(), brackets.get2(), brackets.get3(), 65);

            assertThat(rewritten(deepest)).isEqualTo(deepest);
            assertThatThrownBy(() -> JsonReader.read(Bytes.utf8(deeper))).isInstanceOf(InvalidInput.class);
            assertThat(JsonReader.isJson(Bytes.utf8(deeper))).isFalse();
        }
    }

    @Test
    public void very_deep_json_is_refused_without_harm() {
        assertThatThrownBy(() -> JsonReader.read(Bytes.utf8("[".repeat(100_000))))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> JsonReader.read(Bytes.utf8("{\"a\":".repeat(20_000))))
                .isInstanceOf(InvalidInput.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "-%s", "0.%s", "1e%s", "[%s]", "{\"a\":%s}"})
    public void a_number_has_100_digits_at_most(String form) {
        var inside = form.contains("0.") || form.contains("1e") ? 99 : 100;

        assertThat(rewritten(form.formatted("7".repeat(inside)))).isEqualTo(form.formatted("7".repeat(inside)));
        assertThatThrownBy(() -> JsonReader.read(Bytes.utf8(form.formatted("7".repeat(101)))))
                .isInstanceOf(InvalidInput.class);
    }

    @Property
    void any_bytes_are_json_or_invalid_input_and_never_anything_else(@ForAll("bytes") byte[] bytes) {
        var input = Bytes.copyOf(bytes);
        try {
            var value = JsonReader.read(input);

            assertThat(JsonReader.isJson(input)).isTrue();
            assertThat(JsonReader.read(written(value))).isEqualTo(value);
        } catch (InvalidInput e) {
            assertThat(JsonReader.isJson(input)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"22C022", "22FF22", "22EDA08022", "22C328", "22F490808022", "22C0AF22", "22E28222"})
    public void bytes_that_are_not_utf8_are_refused(String hex) {
        var bytes = Bytes.parseHex(hex);

        assertThatThrownBy(() -> JsonReader.read(bytes)).isInstanceOf(InvalidInput.class);
        assertThat(JsonReader.isJson(bytes)).isFalse();
    }

    @Provide
    public Arbitrary<byte[]> bytes() {
        return Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(40),
                Arbitraries.strings()
                        .withChars("{}[]\",:\\u0123eE+-. truefalsn\n")
                        .ofMaxLength(40)
                        .map(text -> Bytes.utf8(text).toByteArray()));
    }

    @Provide
    public Arbitrary<Json> values() {
        return Arbitraries.randomValue(random -> value(random, 4));
    }

    private static Json value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> new Json.Text(text(random));
            case 1 ->
                new Json.Numeral(
                        new BigDecimal(new BigInteger(random.nextInt(100), random), random.nextInt(-9, 9)).toString());
            case 2 -> new Json.Truth(random.nextBoolean());
            case 3 -> new Json.Null();
            case 4 ->
                new Json.Array(Stream.generate(() -> value(random, depth - 1))
                        .limit(random.nextInt(5))
                        .toList());
            default -> {
                var members = new LinkedHashMap<String, Json>();
                for (var i = random.nextInt(5); i > 0; i--) {
                    members.put(text(random), value(random, depth - 1));
                }
                yield new Json.Members(members);
            }
        };
    }

    /** Often of characters that need an escape, and of halves of surrogate pairs. */
    private static String text(Random random) {
        var text = new StringBuilder();
        for (var i = random.nextInt(12); i > 0; i--) {
            text.append((char) (random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x10000)));
        }
        return text.toString();
    }

    private static String nested(String open, String inner, String close, int depth) {
        return open.repeat(depth) + inner + close.repeat(depth);
    }

    private static String rewritten(String text) {
        return written(JsonReader.read(Bytes.utf8(text))).toUtf8();
    }

    private static Bytes written(Json value) {
        return new JsonWriter().value(value).bytes();
    }
}
