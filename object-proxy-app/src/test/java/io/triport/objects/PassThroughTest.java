package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes from an endpoint to a client while it comes. */
@Timeout(120)
final class PassThroughTest {
    private static final int HANGS_AFTER_MILLIS = 60_000;
    private static final int MIB = 1 << 20;
    private static final long ENDLESS = 1L << 50;

    @Test
    void bytes_of_another_proxy_go_through_both_ways() {
        var large = "0123456789abcdef".repeat(512 * 1024);
        try (var behind = ProxyUnderTest.start("""
            buckets: [{name: shelf, backend_type: memory}]
            credentials:
              - access_key_id: ALL
                secret_access_key: ${env:SECRET}
                allowed_scopes: [{bucket: "*", actions: ["*"]}]
            """);
                var proxy = before(behind.address().toString())) {
            for (var round = 0; round < 3; round++) {
                var text = large.substring(round);
                assertThat(proxy.send("PUT", "/data/large", Map.of(), text).status())
                        .isEqualTo(200);
                assertThat(proxy.send("GET", "/data/large").body()).isEqualTo(text);
            }
            assertThat(proxy.send("PUT", "/data/small", Map.of(), "small").status())
                    .isEqualTo(200);
            assertThat(proxy.send("GET", "/data/small").body()).isEqualTo("small");
            assertThat(proxy.send("PUT", "/data/none", Map.of(), "").status()).isEqualTo(200);
            assertThat(proxy.send("GET", "/data/none").body()).isEmpty();
            assertThat(proxy.send("GET", "/data/small", Map.of("range", "bytes=1-3"), "")
                            .body())
                    .isEqualTo("mal");
            assertThat(proxy.send("HEAD", "/data/large").header("content-length"))
                    .isEqualTo(Integer.toString(large.length() - 2));
            assertThat(proxy.send("GET", "/data/missing").status()).isEqualTo(404);
        }
    }

    @Test
    void a_client_that_goes_takes_the_request_to_the_endpoint_along() throws IOException, InterruptedException {
        try (var endpoint = new Endpoint(ENDLESS, ENDLESS);
                var proxy = before(endpoint.uri())) {
            try (var client = client(proxy)) {
                assertThat(client.getInputStream().readNBytes(MIB)).hasSize(MIB);
            }

            assertThat(endpoint.gone.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void an_endpoint_that_breaks_off_makes_no_whole_answer() throws IOException {
        try (var endpoint = new Endpoint(4 * MIB, 3 * MIB);
                var proxy = before(endpoint.uri());
                var client = client(proxy)) {
            var got = client.getInputStream().readAllBytes();

            assertThat(new String(got, 0, 200, StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.1 200 OK");
            assertThat(got.length).isLessThan(4 * MIB);
        }
    }

    @Test
    void a_client_that_does_not_read_stops_the_endpoint() throws IOException, InterruptedException {
        try (var endpoint = new Endpoint(ENDLESS, ENDLESS);
                var proxy = before(endpoint.uri());
                var client = client(proxy)) {
            assertThat(client.getInputStream().readNBytes(1)).hasSize(1);

            var before = -1L;
            while (before != endpoint.sent.get()) {
                before = endpoint.sent.get();
                assertThat(endpoint.gone.await(500, TimeUnit.MILLISECONDS)).isFalse();
            }

            // What the kernel holds of four ends.
            assertThat(endpoint.sent.get()).isLessThan(64L * MIB);
        }
    }

    private static ProxyUnderTest before(String endpoint) {
        return ProxyUnderTest.start("""
            buckets:
              - name: data
                backend_type: s3
                backend_options:
                  {endpoint: "%s", bucket_name: shelf, access_key_id: ALL, secret_access_key: "${env:SECRET}"}
            credentials:
              - access_key_id: ALL
                secret_access_key: ${env:SECRET}
                allowed_scopes: [{bucket: "*", actions: ["*"]}]
            """.formatted(endpoint));
    }

    /** One that has asked for an object, and not read the answer. */
    private static Socket client(ProxyUnderTest proxy) throws IOException {
        var fields = new TestSigner("ALL", ProxyUnderTest.SECRET, Clock.systemUTC())
                .signed("GET", proxy.address(), "/data/k", Map.of());
        var socket = new Socket(proxy.address().getHost(), proxy.address().getPort());
        socket.setSoTimeout(HANGS_AFTER_MILLIS);
        var lines = fields.entrySet().stream()
                .map(field -> field.getKey() + ": " + field.getValue() + "\r\n")
                .collect(Collectors.joining());
        send(
                socket.getOutputStream(),
                "GET /data/k HTTP/1.1\r\nhost: " + proxy.address().getAuthority() + "\r\n" + lines + "\r\n");
        return socket;
    }

    private static void send(OutputStream to, String text) throws IOException {
        to.write(text.getBytes(StandardCharsets.ISO_8859_1));
        to.flush();
    }

    /** Answers each request with an object of which it may not send all. */
    private static final class Endpoint implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final AtomicLong sent = new AtomicLong();
        private final CountDownLatch gone = new CountDownLatch(1);
        private final long length;
        private final long most;

        private Endpoint(long length, long most) throws IOException {
            this.length = length;
            this.most = most;
            threads.execute(this::accept);
        }

        private String uri() {
            return "http://127.0.0.1:" + listener.getLocalPort();
        }

        private void accept() {
            while (!listener.isClosed()) {
                try {
                    var socket = listener.accept();
                    threads.execute(() -> serve(socket));
                } catch (IOException e) {
                    return;
                }
            }
        }

        private void serve(Socket socket) {
            try (socket) {
                skipHead(socket.getInputStream());
                var out = socket.getOutputStream();
                send(
                        out,
                        "HTTP/1.1 200 OK\r\n"
                                + "ETag: \"e\"\r\n"
                                + "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\n"
                                + "Content-Length: "
                                + length + "\r\n\r\n");
                var piece = new byte[65_536];
                while (sent.get() < most) {
                    out.write(piece);
                    sent.addAndGet(piece.length);
                }
            } catch (IOException e) {
                // The proxy went away, which is what some tests wait for.
            }
            gone.countDown();
        }

        private static void skipHead(InputStream in) throws IOException {
            for (var seen = 0; seen != 0x0D0A0D0A; ) {
                var next = in.read();
                if (next < 0) {
                    throw new IOException("no head");
                }
                seen = seen << 8 | next;
            }
        }

        @Override
        public void close() {
            try {
                listener.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            threads.shutdownNow();
        }
    }
}
