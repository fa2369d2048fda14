package io.triport.e2e.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.kv.PemFiles;
import io.triport.e2e.kv.Within;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The delivered proxy: start, serve, die, start again. */
final class LifeTest {
    private static final String KEYS = """
        credentials:
          - access_key_id: E2EKEY
            secret_access_key: ${env:SECRET}
            principal_name: e2e
            allowed_scopes: [{bucket: "*", actions: ["*"]}]
        """;
    private static final String FILE = """
        buckets:
          - {name: files, backend_type: fs}
          - {name: quick, backend_type: fs, backend_options: {fsync: never}}
        """ + KEYS;

    @TempDir
    Path directory;

    @Test
    void what_was_answered_is_there_after_a_kill() {
        var large = "0123456789abcdef".repeat(40_000).getBytes(StandardCharsets.UTF_8);
        var parts = new byte[0];
        String upload;
        try (var node = ObjectNode.start(directory, FILE);
                var client = new S3Client(node.address())) {
            assertThat(client.put("/files/a/small", "hello".getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(200);
            assertThat(client.put("/files/a/large", large)).isEqualTo(200);
            assertThat(client.put("/quick/x", "there".getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(200);
            upload = element(
                    "UploadId",
                    client.send("POST", "/files/parts?uploads=", parts).body());
            assertThat(client.put("/files/parts?partNumber=1&uploadId=" + upload, large))
                    .isEqualTo(200);
            assertThat(node.output()).contains("durability=durable").contains("durability=volatile");
            assertThat(node.page("/health/readiness")).contains("\"ready\"");

            node.kill();
        }
        try (var node = ObjectNode.start(directory, FILE);
                var client = new S3Client(node.address())) {
            assertThat(client.get("/files/a/small")).isEqualTo("hello");
            assertThat(client.send("GET", "/files/a/large", new byte[0]).body()).isEqualTo(large);
            assertThat(client.get("/files?list-type=2&prefix=a%2F"))
                    .contains("<Key>a/large</Key>", "<Key>a/small</Key>", "<KeyCount>2</KeyCount>");
            var listed = client.get("/files/parts?uploadId=" + upload);
            var document = "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"
                    + element("ETag", listed.getBytes(StandardCharsets.UTF_8)).replace("&quot;", "")
                    + "</ETag></Part></CompleteMultipartUpload>";
            assertThat(client.send("POST", "/files/parts?uploadId=" + upload, document.getBytes(StandardCharsets.UTF_8))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(client.send("GET", "/files/parts", new byte[0]).body()).isEqualTo(large);
            assertThat(client.send("DELETE", "/files/a/small", new byte[0]).statusCode())
                    .isEqualTo(204);
            assertThat(client.send("HEAD", "/files/a/small", new byte[0]).statusCode())
                    .isEqualTo(404);
            assertThat(node.page("/prometheus"))
                    .contains("object_requests_total")
                    .contains("bucket=\"files\"")
                    .contains("triport_storage_pool{adapter=\"filesystem\",pool=\"index-readers\",state=\"idle\"}")
                    .contains("triport_storage_pool{adapter=\"s3\",pool=\"endpoints\",state=\"busy\"}")
                    .contains("triport_storage_waiting{adapter=\"filesystem\",queue=\"index-writer\"}");

            node.terminate();
            assertThat(node.exit()).isIn(0, 143);
            assertThat(node.output())
                    .contains("triport.audit written")
                    .contains("key=a/small")
                    .doesNotContain(S3Client.SECRET);
        }
    }

    @Test
    void a_change_of_the_file_is_taken_over_and_a_broken_one_is_not() {
        try (var node = ObjectNode.start(directory, FILE);
                var client = new S3Client(node.address())) {
            assertThat(client.put("/more/x", new byte[1])).isEqualTo(404);

            ObjectNode.configure(directory, FILE.replace("fsync: never", "fsync: sometimes"));
            Within.reason("refused", () -> node.output().contains("configuration refused, the old one stays"));
            assertThat(client.put("/files/x", new byte[1])).isEqualTo(200);
            ObjectNode.configure(directory, FILE.replace("name: quick", "name: more"));
            Within.reason("adopted", () -> node.output().contains("configuration adopted"));

            assertThat(client.put("/more/x", new byte[1])).isEqualTo(200);
        }
    }

    @Test
    void it_is_served_over_tls() {
        var pem = PemFiles.in(directory, "tls");
        var yaml = """
            triport:
              listen: {tls: {cert: %s, key: %s}}
            """.formatted(pem.cert(), pem.key()) + FILE;
        try (var node = ObjectNode.start(directory, yaml);
                var client = new S3Client(
                        node.address(),
                        HttpClient.newBuilder().sslContext(pem.client()).build())) {
            assertThat(node.address()).hasScheme("https");
            assertThat(client.put("/files/x", new byte[1])).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        backend_type: fs}  | backend_type: tape}              | buckets[0].backend_type
        fsync: never       | fsync: sometimes                 | fsync
        fsync: never       | root: objects/files, fsync: never | fsync
        ${env:SECRET}      | written-out-in-a-file-of-ours    | secret_access_key
        actions: ["*"]     | actions: [everything]            | actions
        name: files        | name: FILES                      | buckets[0].name
        """)
    void a_file_that_cannot_be_used_ends_it_with_78_and_one_line(String good, String wrong, String told) {
        try (var node = ObjectNode.launch(directory, FILE.replace(good, wrong))) {
            assertThat(node.exit()).isEqualTo(78);
            assertThat(node.output().lines()).hasSize(1);
            assertThat(node.output())
                    .startsWith("object-proxy: objects.yaml line ")
                    .contains(told)
                    .contains("(expected: ");
        }
    }

    private static String element(String name, byte[] document) {
        var text = new String(document, StandardCharsets.UTF_8);
        var matcher = Pattern.compile("<" + name + ">([^<]*)<").matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }
}
