package io.triport.storage.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class EventReaderTest {
    @Test
    void lines_end_as_they_like_and_data_of_several_is_joined() throws IOException {
        assertThat(events("data: a\n\ndata:b\r\rdata:  c\r\n\r\n")).containsExactly("a", "b", " c");
        assertThat(events("data: a\ndata\ndata: b\n\n")).containsExactly("a\n\nb");
        assertThat(events("\uFEFFdata: a\n\n")).containsExactly("a");
    }

    @Test
    void comments_other_fields_and_an_event_without_an_end_are_no_data() throws IOException {
        assertThat(events(": hello\nevent: data\nid: 1\nretry: 9\n\ndatabase: x\n\ndata: a\n\ndata: cut"))
                .containsExactly("a");
        assertThat(events("data: cut\n")).isEmpty();
        assertThat(events("")).isEmpty();
    }

    @Property
    void any_text_comes_whole_however_its_bytes_are_cut(
            @ForAll List<String> texts, @ForAll @IntRange(min = 1, max = 9) int size) throws IOException {
        var lines = texts.stream()
                .map(text -> text.replaceAll("[\r\n]", " "))
                // What UTF-8 cannot carry is not on the wire.
                .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .toList();
        var sent = new StringBuilder();
        lines.forEach(line -> sent.append("data: ").append(line).append("\n\n"));

        assertThat(read(cut(sent.toString(), size))).isEqualTo(lines);
    }

    private static List<String> events(String text) throws IOException {
        var whole = read(cut(text, 1000));
        assertThat(read(cut(text, 1))).isEqualTo(whole);
        return whole;
    }

    private static List<String> read(InputStream stream) throws IOException {
        var events = new ArrayList<String>();
        try (var reader = new EventReader(stream)) {
            for (var data = reader.next(); data != null; data = reader.next()) {
                events.add(data.toUtf8());
            }
        }
        return events;
    }

    /** Each read gets so many bytes. */
    private static InputStream cut(String text, int size) {
        var bytes = Bytes.utf8(text);
        var parts = new ArrayList<InputStream>();
        for (var from = 0; from < bytes.size(); from += size) {
            parts.add(new ByteArrayInputStream(
                    bytes.slice(from, Math.min(bytes.size(), from + size)).toByteArray()));
        }
        return new SequenceInputStream(Collections.enumeration(parts));
    }
}
