package io.triport.identity.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExplainTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void the_lines_of_one_request_are_printed_in_the_order_of_their_times() throws IOException {
        var older = log(
                "a.log",
                "2026-01-01T00:00:00.500Z INFO triport.storage done request=r1 port=key-value",
                "2026-01-01T00:00:00Z INFO triport.request received request=r2 path=/");
        var newer = log(
                "b.log",
                "2026-01-01T00:00:00Z INFO triport.request received request=r1 path=/",
                "2026-01-01T00:00:01Z INFO triport.request answered request=r1");

        assertThat(explain("r1", older, newer)).isZero();

        assertThat(printed())
                .containsExactly(
                        "2026-01-01T00:00:00Z INFO triport.request received request=r1 path=/",
                        "2026-01-01T00:00:00.500Z INFO triport.storage done request=r1 port=key-value",
                        "2026-01-01T00:00:01Z INFO triport.request answered request=r1");
    }

    @Test
    void both_formats_are_read() throws IOException {
        var text = "2026-01-01T00:00:00Z INFO triport.request received request=r1";
        var json = "{\"time\":\"2026-01-01T00:00:01Z\",\"level\":\"INFO\",\"logger\":\"triport.request\","
                + "\"event\":\"a \\\"b\\\"\",\"request\":\"r1\",\"status\":\"200\"}";

        assertThat(explain("r1", log("a.log", json, text))).isZero();

        assertThat(printed()).containsExactly(text, json);
    }

    @Test
    void a_line_in_which_a_caller_wrote_the_id_of_another_request_is_not_shown() throws IOException {
        var file = log(
                "a.log",
                "2026-01-01T00:00:00Z INFO triport.request received request=r2 path=\"/x request=r1 y\"",
                "2026-01-01T00:00:00Z INFO triport.request received request=r2 path=\"/x\\\" request=r1\"",
                "2026-01-01T00:00:00Z INFO triport.request received request=r12",
                "{\"time\":\"t\",\"level\":\"INFO\",\"logger\":\"l\",\"event\":\"e\",\"request\":\"r2\","
                        + "\"path\":\"x\\\",\\\"request\\\":\\\"r1\\\"\"}");

        assertThat(explain("r1", file)).isEqualTo(1);

        assertThat(printed()).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no line of request r1");
    }

    @Test
    void bytes_that_are_no_text_do_not_hide_the_lines_behind_them() throws IOException {
        var line = "2026-01-01T00:00:00Z INFO triport.request received request=r1";
        var file = Files.write(directory.resolve("a.log"), new byte[] {(byte) 0xC3, '\n'});
        Files.writeString(file, line + "\n", java.nio.file.StandardOpenOption.APPEND);

        assertThat(explain("r1", file)).isZero();
    }

    @Test
    void a_wrong_id_no_file_and_a_missing_file_are_told() {
        assertThat(new Explain(print(out), print(err)).run(List.of("r1"))).isEqualTo(2);
        assertThat(new Explain(print(out), print(err)).run(List.of("a b", "x"))).isEqualTo(2);
        assertThat(explain("r1", directory.resolve("none"))).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("cannot be read");
    }

    private int explain(String id, Path... files) {
        var arguments = new java.util.ArrayList<String>();
        arguments.add(id);
        for (var file : files) {
            arguments.add(file.toString());
        }
        return new Explain(print(out), print(err)).run(arguments);
    }

    private List<String> printed() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private Path log(String name, String... lines) throws IOException {
        return Files.write(directory.resolve(name), List.of(lines));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
