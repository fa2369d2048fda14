package io.triport.e2e.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The longest bulk write, to a process whose memory has no room for it. */
final class BulkWriteTest {
    private static final String TOKEN = "token-of-the-manager-under-test-0123456789";
    private static final String ALL = "/client/v4/accounts/0123456789abcdef0123456789abcdef/storage/kv/namespaces";
    private static final int LONGEST = 100_000_000;
    private static final int PAIRS = 10_000;
    private static final int LARGEST_VALUE = 26_214_400;

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private AppProcess manager;

    @BeforeEach
    void begin() {
        manager = AppProcess.launch(
                        AppProcess.Run.in(directory, "manager", io.triport.manager.Application.class, "manager.out"),
                        Map.of("TRIPORT_API_TOKEN", TOKEN),
                        List.of())
                .awaited();
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        manager.close();
    }

    @Test
    void a_hundred_megabytes_go_through_a_small_heap_whatever_their_pairs_are() throws Exception {
        var namespace = namespace();

        assertThat(put(namespace, manySmall())).contains("\"successful_key_count\":" + PAIRS);
        assertThat(put(namespace, fewLarge())).contains("\"successful_key_count\":3");
        assertThat(put(namespace, manySmall())).contains("\"successful_key_count\":" + PAIRS);

        assertThat(send("GET", ALL + "/" + namespace + "/values/large-2").length())
                .isEqualTo(LARGEST_VALUE);
        assertThat(send("GET", ALL + "/" + namespace + "/values/key-9999")).startsWith("9999:");
        assertThat(files("manager-files")).isEmpty();
    }

    @Test
    void a_value_in_json_may_be_as_large_as_any() throws Exception {
        var namespace = namespace();
        var body = "{\"value\":\"" + "AAAA".repeat(LARGEST_VALUE / 3) + "AA==" + "\",\"encoding\":\"base64\"}";

        var request = request("/api/keys/" + namespace + "/large")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build();

        assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("{\"success\":true}");
        assertThat(send("GET", "/api/keys/" + namespace + "/large/raw").length())
                .isEqualTo(LARGEST_VALUE);
    }

    /** Pairs that fill the body to its last byte. */
    private static InputStream manySmall() {
        var each = LONGEST / PAIRS;
        var pieces = IntStream.range(0, PAIRS)
                .mapToObj(at -> {
                    var head = (at == 0 ? "[" : ",") + "{\"key\":\"key-" + at + "\",\"value\":\"" + at + ":";
                    var end = at == PAIRS - 1 ? "\"}]" : "\"}";
                    return head + "v".repeat(each - head.length() - end.length()) + end;
                })
                .map(BulkWriteTest::stream);
        return new SequenceInputStream(Collections.enumeration(pieces.toList()));
    }

    /** Values as large as they may be, the last in the form that takes most. */
    private static InputStream fewLarge() {
        var plain = "v".repeat(LARGEST_VALUE);
        var base64 = "AAAA".repeat(LARGEST_VALUE / 3) + "AA==";
        return new SequenceInputStream(Collections.enumeration(Arrays.asList(
                stream("[{\"key\":\"large-1\",\"value\":\""),
                stream(plain),
                stream("\"},{\"key\":\"large-2\",\"value\":\""),
                stream(plain),
                stream("\"},{\"key\":\"large-3\",\"value\":\""),
                stream(base64),
                stream("\",\"base64\":true}]"))));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    private String put(String namespace, InputStream body) throws Exception {
        var request = request(ALL + "/" + namespace + "/bulk")
                .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> body))
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    private String namespace() throws Exception {
        var request = request(ALL)
                .POST(HttpRequest.BodyPublishers.ofString("{\"title\":\"CACHE\"}"))
                .build();
        var answer = client.send(request, BodyHandlers.ofString()).body();
        return answer.replaceFirst(".*\"id\":\"([0-9a-f]{32})\".*", "$1");
    }

    private String send(String method, String path) throws Exception {
        var request = request(path)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(manager.address() + path)).header("Authorization", "Bearer " + TOKEN);
    }

    /** Files below a directory of the data, but for its index and its lock. */
    private List<String> files(String name) throws IOException {
        try (var all = Files.walk(directory.resolve("data"))) {
            return all.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .filter(file -> file.contains(name) && !file.contains(".db") && !file.endsWith(".lock"))
                    .toList();
        }
    }
}
