package io.triport.domain.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What callers may send as metadata, filters and lines. */
final class VectorJsonPropertyTest {
    @Property
    void compact_text_is_read_as_what_it_was_made_of(@ForAll("values") Json value) {
        var compact = value.compact();

        assertThat(JsonReader.read(compact)).isEqualTo(value);
        assertThat(JsonReader.read(" \n" + compact + "\t").compact()).isEqualTo(compact);
    }

    @Property
    void no_text_fails_in_another_way_than_by_being_refused(@ForAll("texts") String text) {
        for (Runnable reading : List.<Runnable>of(
                () -> JsonReader.read(text),
                () -> new VectorMetadata(text),
                () -> VectorFilter.parse(text),
                () -> new PropertyName(text),
                () -> VectorLines.parse(Bytes.utf8(text), VectorLines.Bad.ERROR))) {
            try {
                reading.run();
            } catch (StorageFailure refused) {
                assertThat(refused.code().retry()).isEqualTo(FailureCode.Retry.NEVER);
            }
        }
    }

    @Property
    void a_discarded_line_takes_no_other_with_it(@ForAll("texts") String text) {
        var line = text.replace("\n", "");
        var good = "{\"id\":\"%s\",\"values\":[1]}";

        var parsed = VectorLines.parse(
                Bytes.utf8(good.formatted("a") + "\n" + line + "\n" + good.formatted("b")), VectorLines.Bad.DISCARD);

        assertThat(parsed.vectors().getFirst().id().text()).isEqualTo("a");
        assertThat(parsed.vectors().getLast().id().text()).isEqualTo("b");
        assertThat(parsed.vectors().size() + parsed.discarded()).isBetween(2, 3);
    }

    @Property
    void an_indexed_string_is_the_longest_start_of_64_bytes(@ForAll String text) {
        var clean = text.codePoints()
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());

        var start = new FieldValue.Text(Bytes.utf8(clean)).start();

        assertThat(clean).startsWith(start.toUtf8());
        var behind = clean.substring(start.toUtf8().length());
        if (!behind.isEmpty()) {
            var next = Bytes.utf8(Character.toString(behind.codePointAt(0)));
            assertThat(start.size() + next.size()).isGreaterThan(FieldValue.STRING_BYTES);
        }
        assertThat(start.size()).isLessThanOrEqualTo(FieldValue.STRING_BYTES);
    }

    @Example
    void what_is_no_json_is_refused() {
        for (var text : List.of(
                "",
                " ",
                "nul",
                "truee",
                "01",
                "1.",
                ".5",
                "+1",
                "1e",
                "-",
                "\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\n\"",
                "[",
                "[1",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{",
                "{}}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{1:1}",
                "[".repeat(66) + "]".repeat(66),
                "\uFFFF")) {
            assertThatThrownBy(() -> JsonReader.read(text)).isInstanceOf(StorageFailure.Rejected.class);
        }
        assertThat(JsonReader.read("[".repeat(64) + "]".repeat(64))).isInstanceOf(Json.Elements.class);
        assertThat(JsonReader.read("\"\\u00e9\\n\\/\uFFFF\"")).isEqualTo(new Json.Text("\u00E9\n/\uFFFF"));
        assertThat(JsonReader.read("{\"a\":1,\"a\":2}").compact()).isEqualTo("{\"a\":2}");
    }

    @Provide
    Arbitrary<Json> values() {
        Arbitrary<Json> words = Arbitraries.of(Json.Word.TRUE, Json.Word.FALSE, Json.Word.NULL);
        Arbitrary<Json> numbers =
                Arbitraries.bigDecimals().ofScale(3).map(number -> new Json.Numeral(number.toString()));
        Arbitrary<Json> texts = Arbitraries.strings().map(Json.Text::new);
        var leaves = Arbitraries.oneOf(words, numbers, texts);
        return Arbitraries.recursive(() -> leaves, VectorJsonPropertyTest::nested, 0, 3);
    }

    @Provide
    Arbitrary<String> texts() {
        var broken = values().flatMap(value -> Arbitraries.integers()
                .between(0, value.compact().length())
                .map(end -> value.compact().substring(0, end)));
        var signs = Arbitraries.strings().withChars("{}[]\":,\\u01eE+-.tfn$ \n").ofMaxLength(20);
        return Arbitraries.oneOf(broken, signs).filter(VectorJsonPropertyTest::encodable);
    }

    private static Arbitrary<Json> nested(Arbitrary<Json> inner) {
        Arbitrary<Json> elements = inner.list().ofMaxSize(3).map(Json.Elements::new);
        Arbitrary<Json> members = Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), inner)
                .ofMaxSize(3)
                .map(map -> new Json.Members(ordered(map)));
        return Arbitraries.oneOf(inner, elements, members);
    }

    private static Map<String, Json> ordered(Map<String, Json> map) {
        return new LinkedHashMap<>(map);
    }

    private static boolean encodable(String text) {
        return text.chars().noneMatch(c -> Character.isSurrogate((char) c));
    }
}
