package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The delivered proxy with TLS of its own. */
final class TlsTest {
    @TempDir
    Path directory;

    @Test
    void it_is_served_over_tls_and_follows_its_certificate() throws IOException {
        var first = PemFiles.in(directory, "first");
        var second = PemFiles.in(directory, "second");
        var file = config(first.cert(), first.key());
        try (var node = KvNode.start(directory, "node", TestKeyMap.environment(), "--config", file.toString())) {
            assertThat(node.address()).hasScheme("https");
            assertThat(status(first.client(), node.address())).isEqualTo(200);

            Files.copy(second.key(), first.key(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            Within.reason("refused", () -> node.output().contains("certificate refused, the old one stays"));
            assertThat(status(first.client(), node.address())).isEqualTo(200);
            Files.copy(second.cert(), first.cert(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            Within.reason("adopted", () -> node.output().contains("certificate adopted"));

            assertThat(status(second.client(), node.address())).isEqualTo(200);
            node.terminate();
            assertThat(node.exit()).isIn(0, 143);
        }
    }

    @Test
    void files_that_do_not_belong_together_stop_the_start() throws IOException {
        var file = config(
                PemFiles.in(directory, "first").cert(),
                PemFiles.in(directory, "second").key());
        try (var node = KvNode.launch(directory, "node", TestKeyMap.environment(), "--config", file.toString())) {
            assertThat(node.exit()).isEqualTo(78);
            assertThat(node.output().lines()).hasSize(1);
            assertThat(node.output())
                    .startsWith("kv-proxy: " + file.getFileName() + " line 1: triport.listen.tls.key: ")
                    .contains("second.key (expected: the key of the certificate in ");
        }
    }

    private Path config(Path cert, Path key) throws IOException {
        return Files.writeString(
                directory.resolve("kv.yml"), "triport: {listen: {tls: {cert: " + cert + ", key: " + key + "}}}");
    }

    private static int status(SSLContext context, URI address) throws IOException {
        try (var client = HttpClient.newBuilder().sslContext(context).build()) {
            var request =
                    HttpRequest.newBuilder(URI.create(address + "/health")).build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
