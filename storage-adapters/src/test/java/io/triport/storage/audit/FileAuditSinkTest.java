package io.triport.storage.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import io.triport.domain.audit.AuditSink;
import io.triport.testkit.AuditSinkContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileAuditSinkTest extends AuditSinkContract {
    @TempDir
    private Path directory;

    @Override
    protected Fixture create() {
        var file = directory.resolve("log/audit.jsonl");
        return new InFile(file, AuditFiles.sink(file));
    }

    @Test
    void a_line_that_a_crash_cut_is_not_continued() throws IOException {
        var file = directory.resolve("cut.jsonl");
        try (var sink = AuditFiles.sink(file)) {
            sink.append(List.of(record("a", "/1")));
        }
        Files.writeString(file, "{\"id\":\"torn", StandardOpenOption.APPEND);

        try (var sink = AuditFiles.sink(file)) {
            sink.append(List.of(record("b", "/2")));
        }

        assertThat(Files.readAllLines(file)).hasSize(2).allMatch(line -> line.endsWith("}"));
    }

    @Test
    void a_file_that_was_moved_away_is_begun_anew() throws IOException {
        var file = directory.resolve("rotated.jsonl");
        try (var sink = AuditFiles.sink(file)) {
            sink.append(List.of(record("a", "/1")));
            Files.move(file, directory.resolve("old.jsonl"));

            sink.append(List.of(record("b", "/2")));
        }

        assertThat(Files.readAllLines(file)).hasSize(1);
        assertThat(Files.readAllLines(directory.resolve("old.jsonl"))).hasSize(1);
    }

    @Test
    void lines_are_ascii_and_numbers_are_numbers() throws IOException {
        var file = directory.resolve("line.jsonl");
        try (var sink = AuditFiles.sink(file)) {
            sink.append(List.of(record("a", "/\u00fc\n\t\"")));
        }

        assertThat(Files.readString(file))
                .isEqualTo(
                        "{\"id\":\"a\",\"timestamp\":\"2026-11-21T05:00:00.123Z\",\"user_id\":\"anonymous\",\"method\":\"GET\",\"path\":\"/\\u00fc\\u000a\\u0009\\\"\",\"status\":200,\"duration_ms\":12,\"outcome\":\"allowed\",\"node\":\"node-1\"}\n");
    }

    private record InFile(Path file, AuditSink sink) implements Fixture {
        @Override
        public List<String> kept() {
            try {
                return Files.readAllLines(file).stream()
                        .map(InFile::fields)
                        .map(fields -> fields.get("id") + "\t" + fields.get("path"))
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Map<String, String> fields(String line) {
            try (var json = new JsonFactory().createParser(line)) {
                var fields = new HashMap<String, String>();
                json.nextToken();
                while (json.nextToken() == com.fasterxml.jackson.core.JsonToken.FIELD_NAME) {
                    var name = json.currentName();
                    json.nextToken();
                    fields.put(name, json.getText());
                }
                return fields;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean knowsIds() {
            return false;
        }

        @Override
        public boolean knowsLinks() {
            return true;
        }

        @Override
        public void close() {
            sink.close();
        }
    }
}
