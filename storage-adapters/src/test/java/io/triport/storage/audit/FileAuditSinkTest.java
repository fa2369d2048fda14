package io.triport.storage.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import io.triport.domain.audit.AuditSink;
import io.triport.domain.failure.StorageFailure;
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
    void a_file_is_not_shared_because_one_would_cut_off_what_the_other_wrote() throws IOException {
        var file = directory.resolve("held.jsonl");
        try (var sink = AuditFiles.sink(file)) {
            assertThatThrownBy(() -> AuditFiles.sink(file))
                    .isInstanceOf(StorageFailure.Unavailable.class)
                    .hasMessageContaining("held");

            sink.append(List.of(record("a", "/1")));
        }

        assertThat(Files.readAllLines(file)).hasSize(1);
    }

    @Test
    void a_file_that_comes_back_is_written_again() throws IOException {
        var file = directory.resolve("away.jsonl");
        var elsewhere = directory.resolve("elsewhere.jsonl");
        try (var sink = AuditFiles.sink(file)) {
            sink.append(List.of(record("a", "/1")));
            Files.move(file, elsewhere);
            Files.createDirectory(file);
            assertThatThrownBy(() -> sink.append(List.of(record("b", "/2"))))
                    .isInstanceOf(StorageFailure.Unavailable.class);

            Files.delete(file);
            Files.move(elsewhere, file);
            sink.append(List.of(record("b", "/2")));
        }

        assertThat(Files.readAllLines(file)).hasSize(2);
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
