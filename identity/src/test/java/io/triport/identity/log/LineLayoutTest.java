package io.triport.identity.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.triport.identity.log.Logging.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

final class LineLayoutTest {
    @Test
    void a_line_is_time_level_logger_event_and_its_fields_in_order() {
        assertThat(line(Format.TEXT, "received", null, "request", "r1", "method", "POST", "bytes", 212))
                .isEqualTo("2026-01-01T00:00:00Z INFO triport.request received request=r1 method=POST bytes=212\n");
    }

    @Test
    void json_has_the_same_names_in_the_same_order() {
        assertThat(line(Format.JSON, "received", null, "request", "r1", "method", "POST"))
                .isEqualTo("{\"time\":\"2026-01-01T00:00:00Z\",\"level\":\"INFO\",\"logger\":\"triport.request\","
                        + "\"event\":\"received\",\"request\":\"r1\",\"method\":\"POST\"}\n");
    }

    @Property
    void a_moment_is_written_as_it_writes_itself(
            @ForAll @LongRange(min = -62_135_596_800L, max = 410_000_000_000L) long second) {
        var moment = Instant.ofEpochSecond(second);

        assertThat(line(Format.TEXT, "admitted", null, "until", moment)).endsWith(" until=" + moment + "\n");
    }

    @Test
    void an_address_is_written_in_digits() throws UnknownHostException {
        assertThat(line(Format.TEXT, "received", null, "peer", InetAddress.getByName("192.0.2.7")))
                .endsWith(" peer=192.0.2.7\n");
    }

    @Test
    void what_a_reader_could_take_apart_wrongly_is_quoted() {
        assertThat(fields("a b")).isEqualTo("path=\"a b\"");
        assertThat(fields("a=b")).isEqualTo("path=\"a=b\"");
        assertThat(fields("")).isEqualTo("path=\"\"");
        assertThat(fields("a\"b\\c")).isEqualTo("path=\"a\\\"b\\\\c\"");
        assertThat(fields("/zin/kv/get")).isEqualTo("path=/zin/kv/get");
    }

    @Test
    void a_caller_cannot_write_a_line_of_its_own() {
        var forged = "/x\n2026-01-01T00:00:00Z INFO triport.identity admitted request=r2";

        assertThat(line(Format.TEXT, "received", null, "path", forged))
                .containsOnlyOnce("\n")
                .contains("/x\\n2026");
        assertThat(line(Format.JSON, "received", null, "path", forged))
                .containsOnlyOnce("\n")
                .contains("/x\\n2026");
    }

    @Test
    void characters_that_end_a_line_turn_it_or_are_half_are_shown_by_number() {
        assertThat(fields("a\u0085b")).isEqualTo("path=\"a\\u0085b\"");
        assertThat(fields("a\u2028b")).isEqualTo("path=\"a\\u2028b\"");
        assertThat(fields("a\u202eb")).isEqualTo("path=\"a\\u202eb\"");
        assertThat(fields("a\u001b[31m")).isEqualTo("path=\"a\\u001b[31m\"");
        assertThat(fields("a\ud83d")).isEqualTo("path=\"a\\ud83d\"");
        assertThat(fields("a\ud83d\ude00")).isEqualTo("path=\"a\ud83d\ude00\"");
    }

    @Test
    void text_of_a_caller_is_cut_at_256_characters() {
        assertThat(fields("x".repeat(256))).isEqualTo("path=" + "x".repeat(256));
        assertThat(fields("x".repeat(257))).isEqualTo("path=" + "x".repeat(256) + "...");
        assertThat(fields(" ".repeat(300))).isEqualTo("path=\"" + " ".repeat(256) + "...\"");
        assertThat(line(Format.JSON, "e", null, "path", "x".repeat(9999))).hasSizeLessThan(400);
    }

    @Test
    void the_trace_of_a_failure_stays_in_its_line() {
        var failure = new IllegalStateException("broken\nforged", new IOException("deep"));

        assertThat(line(Format.TEXT, "failed", failure))
                .containsOnlyOnce("\n")
                .contains(" cause=\"java.lang.IllegalStateException: broken\\nforged")
                .contains("deep");
        assertThat(line(Format.JSON, "failed", failure)).containsOnlyOnce("\n").contains("\"cause\":\"java.lang");
    }

    @Property
    void whatever_is_logged_is_one_line_of_visible_characters(
            @ForAll @StringLength(max = 400) String message, @ForAll @StringLength(max = 400) String value) {
        for (var format : Format.values()) {
            var line = line(format, message, null, "path", value);

            assertThat(line).endsWith("\n");
            assertThat(line.substring(0, line.length() - 1)).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(line)).isTrue();
        }
    }

    @Property
    void a_json_line_gives_back_what_was_logged(@ForAll @StringLength(max = 256) String value) {
        var line = line(Format.JSON, "received", null, "path", value, "last", "end");

        assertThat(parsed(line))
                .containsEntry("path", value)
                .containsEntry("last", "end")
                .hasSize(6);
    }

    private static Map<String, String> parsed(String line) {
        var members = new LinkedHashMap<String, String>();
        try (var parser = new JsonFactory().createParser(line)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var name = parser.currentName();
                parser.nextToken();
                members.put(name, parser.getText());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return members;
    }

    private static String fields(String value) {
        var line = line(Format.TEXT, "received", null, "path", value);
        return line.substring(line.indexOf("path="), line.length() - 1);
    }

    private static String line(Format format, String message, @Nullable Throwable failure, Object... fields) {
        var logger = new LoggerContext().getLogger("triport.request");
        var event = new LoggingEvent("test", logger, Level.INFO, null, failure, null);
        event.setInstant(Instant.parse("2026-01-01T00:00:00Z"));
        event.setMessage(message);
        for (var i = 0; i < fields.length; i += 2) {
            event.addKeyValuePair(new KeyValuePair(String.valueOf(fields[i]), fields[i + 1]));
        }
        return new LineLayout(format).doLayout(event);
    }
}
