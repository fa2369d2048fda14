package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class StreamingTest {
    private static final int HANGS_AFTER_MILLIS = 60_000;
    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() {
        proxy = ProxyUnderTest.start("""
            buckets: [{name: data, backend_type: memory}]
            credentials:
              - access_key_id: ALL
                secret_access_key: ${env:SECRET}
                allowed_scopes: [{bucket: "*", actions: ["*"]}]
            """);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @Test
    void a_client_that_waits_is_told_to_go_on_once_it_is_admitted() throws IOException {
        try (var client = new Client()) {
            client.send(head("ALL", "PUT", "/data/waits", Map.of("expect", "100-continue", "content-length", "5")));
            assertThat(client.line()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(client.line()).isEmpty();

            client.send("hello");

            assertThat(client.line()).isEqualTo("HTTP/1.1 200 OK");
        }
        assertThat(proxy.send("GET", "/data/waits").body()).isEqualTo("hello");
    }

    @Test
    void a_client_that_waits_is_not_told_to_go_on_when_it_is_refused() throws IOException {
        try (var client = new Client()) {
            client.send(head("NOBODY", "PUT", "/data/w", Map.of("expect", "100-continue", "content-length", "5")));

            assertThat(client.line()).isEqualTo("HTTP/1.1 403 Forbidden");
        }
    }

    @Test
    void a_body_that_breaks_off_stores_nothing() throws IOException {
        try (var client = new Client()) {
            client.send(head("ALL", "PUT", "/data/broken", Map.of("content-length", "10")) + "half");
        }

        assertThat(proxy.send("GET", "/data/broken").status()).isEqualTo(404);
    }

    @Test
    void several_requests_come_one_after_the_other_on_a_connection() throws IOException {
        try (var client = new Client()) {
            for (var round = 0; round < 3; round++) {
                client.send(head("ALL", "PUT", "/data/again", Map.of("content-length", "1")) + round);
                assertThat(client.line()).isEqualTo("HTTP/1.1 200 OK");
                client.skipHead();
            }
        }
        assertThat(proxy.send("GET", "/data/again").body()).isEqualTo("2");
    }

    @Test
    void an_object_of_some_megabytes_goes_through_both_ways() {
        var large = "0123456789abcdef".repeat(512 * 1024);

        assertThat(proxy.send("PUT", "/data/large", Map.of(), large).status()).isEqualTo(200);
        assertThat(proxy.send("GET", "/data/large").body()).isEqualTo(large);
    }

    /** A head whose framing is not signed, as clients do it. */
    private static String head(String key, String method, String target, Map<String, String> framing) {
        var fields = new TestSigner(key, ProxyUnderTest.SECRET, Clock.systemUTC())
                .signed(method, proxy.address(), target, Map.of());
        var lines = java.util.stream.Stream.concat(fields.entrySet().stream(), framing.entrySet().stream())
                .map(field -> field.getKey() + ": " + field.getValue() + "\r\n")
                .collect(Collectors.joining());
        return method + " " + target + " HTTP/1.1\r\nhost: " + proxy.address().getAuthority() + "\r\n" + lines + "\r\n";
    }

    private static final class Client implements AutoCloseable {
        private final Socket socket =
                new Socket(proxy.address().getHost(), proxy.address().getPort());
        private final BufferedReader in;

        private Client() throws IOException {
            socket.setSoTimeout(HANGS_AFTER_MILLIS);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        private void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        }

        private String line() throws IOException {
            return in.readLine();
        }

        private void skipHead() throws IOException {
            var line = line();
            while (!line.isEmpty()) {
                line = line();
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
