package io.triport.manager.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class BoundedStringsTest {
    @Test
    void a_long_string_ends_where_none_may_go_on() throws IOException {
        assertThat(read("{\"abcdef\":\"1234567890\",\"x\":[1234567890]}", 4, 3))
                .isEqualTo("{\"abcd\":\"1234\",\"x\":[1234567890]}");
    }

    @Test
    void an_escape_is_never_cut_in_two() throws IOException {
        assertThat(read("\"a\\u00e4\\n\\\"\\\\z\"", 3, 2)).isEqualTo("\"a\\u00e4\\n\"");
        assertThat(read("\"abc\\\"def\" \"x\"", 3, 1)).isEqualTo("\"abc\" \"x\"");
    }

    @Test
    void a_byte_order_mark_is_left_out_at_the_beginning_alone() throws IOException {
        assertThat(read("\uFEFF[\"\uFEFF\"]", 9, 2)).isEqualTo("[\"\uFEFF\"]");
    }

    @Property
    void text_without_long_strings_passes_as_it_is(@ForAll String text, @ForAll @IntRange(min = 1, max = 9) int piece)
            throws IOException {
        var json = "[\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";

        assertThat(read(json, json.length(), piece)).isEqualTo(json);
    }

    private static String read(String text, int most, int piece) throws IOException {
        var out = new StringWriter();
        var buffer = new char[piece];
        try (var bounded = new BoundedStrings(new StringReader(text), most)) {
            for (var count = bounded.read(buffer); count >= 0; count = bounded.read(buffer)) {
                out.write(buffer, 0, count);
            }
        }
        return out.toString();
    }
}
