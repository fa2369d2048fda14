package io.triport.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.kv.Within;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The program of examples/, started from its source as its command does, with the modules alone to stand on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ParcelsTest {
    private static final Path SOURCE = Path.of(System.getProperty("triport.root"), "examples", "Parcels.java");
    private static final int MOST_LINES = 200;
    private static final Pattern NUMBER = Pattern.compile("\\{\"number\":([0-9]+)}");

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    static Path directory;

    private Process process;
    private URI address;
    private String token;

    @BeforeAll
    void start() throws IOException {
        var ready = directory.resolve("run").resolve("parcels.ready");
        Files.deleteIfExists(ready);
        var classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes") && !entry.contains("-app"))
                .collect(Collectors.joining(File.pathSeparator));
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        SOURCE.toString(),
                        "--data",
                        directory.toString(),
                        "--port",
                        "0",
                        "--management-port",
                        "0",
                        "--dev")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.log").toFile())
                .start();
        Within.reason("ready", () -> Files.exists(ready) || !process.isAlive());
        assertThat(process.isAlive())
                .as(Files.readString(directory.resolve("output.log")))
                .isTrue();
        var lines = Files.readAllLines(ready);
        address = URI.create(value(lines, "address="));
        token = Files.readString(Path.of(value(lines, "token-file="))).strip();
    }

    @AfterAll
    void stop() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Test
    void a_parcel_is_handed_in_shown_and_labelled() throws Exception {
        var made = send("POST", "/parcels", "{\"to\":\"Ada\"}");
        var number = number(made.body());

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("location")).contains("/parcels/" + number);
        assertThat(send("GET", "/parcels/" + number, "").body()).isEqualTo("{\"to\":\"Ada\"}");
        assertThat(label(number)).isEqualTo("PARCEL " + number + "\n{\"to\":\"Ada\"}\n");
    }

    @Test
    void a_parcel_that_was_acknowledged_gets_its_label_after_a_kill() throws Exception {
        var numbers = new ArrayList<Integer>();
        for (var parcel = 0; parcel < 5; parcel++) {
            numbers.add(number(send("POST", "/parcels", "{\"to\":\"Ada\"}").body()));
        }
        stop();
        start();

        assertThat(numbers).doesNotHaveDuplicates();
        for (var number : numbers) {
            assertThat(label(number)).startsWith("PARCEL " + number);
        }
        assertThat(number(send("POST", "/parcels", "{}").body())).isGreaterThan(numbers.getLast());
    }

    @Test
    void whoever_shows_no_key_or_a_wrong_one_reaches_nothing() throws Exception {
        var without = client.send(
                HttpRequest.newBuilder(address.resolve("/parcels"))
                        .POST(BodyPublishers.ofString("x"))
                        .build(),
                BodyHandlers.ofString());
        var stranger = "A".repeat(43);
        var wrong = send(stranger, "POST", "/parcels", "x");

        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(without.headers().firstValue("x-request-id")).isPresent();
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(Files.readString(directory.resolve("output.log"))).doesNotContain(stranger, token);
    }

    @Test
    void paths_and_methods_that_no_handler_has_are_refused_before_anybody_is_asked() throws Exception {
        assertThat(send("GET", "/letters", "").statusCode()).isEqualTo(404);
        assertThat(send("DELETE", "/parcels", "").statusCode()).isEqualTo(405);
        assertThat(send("DELETE", "/parcels", "").headers().firstValue("allow")).contains("POST");
        assertThat(send("GET", "/parcels/%ff", "").statusCode()).isEqualTo(400);
        assertThat(send("GET", "/parcels/9", "").statusCode()).isEqualTo(404);
    }

    @Test
    void the_example_is_short_and_the_readme_shows_it() throws Exception {
        var source = Files.readString(SOURCE);
        var shown = Page.read("README.md").blocks().stream()
                .filter(block -> block.is("java", "of-example"))
                .toList();

        assertThat(source.lines().count()).isLessThan(MOST_LINES);
        assertThat(shown).isNotEmpty();
        assertThat(shown).allSatisfy(block -> assertThat(unindented(source)).contains(unindented(block.text())));
    }

    private static int number(String answer) {
        var found = NUMBER.matcher(answer);
        assertThat(found.matches()).as(answer).isTrue();
        return Integer.parseInt(found.group(1));
    }

    private static String unindented(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    private String label(int number) {
        Within.reason("label " + number, () -> status("/parcels/" + number + "/label") == 200);
        return sent("GET", "/parcels/" + number + "/label", "").body();
    }

    private int status(String path) {
        return sent("GET", path, "").statusCode();
    }

    private HttpResponse<String> sent(String method, String path, String body) {
        try {
            return send(method, path, body);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return send(token, method, path, body);
    }

    private HttpResponse<String> send(String shown, String method, String path, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(address + path))
                        .header("Authorization", "Bearer " + shown)
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String value(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()))
                .findFirst()
                .orElseThrow();
    }
}
