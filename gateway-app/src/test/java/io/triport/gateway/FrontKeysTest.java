package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.gateway.problem.Problem;
import io.triport.testkit.TlsAuthority;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each setting of the file's top changes for who connects, and in what is written down. */
@ExtendWith(LeakWatch.class)
final class FrontKeysTest {
    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";

    private final Upstream upstream = Upstream.answering(Upstream.ok("hello"));

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void it_listens_where_it_is_told_to_and_nowhere_else() throws IOException {
        try (var gateway = start("listen: [{address: 127.0.0.2}]");
                var socket = new Socket(InetAddress.ofLiteral("127.0.0.2"), gateway.port())) {
            assertThat(socket.isConnected()).isTrue();
            assertThatThrownBy(() -> new Socket(InetAddress.ofLiteral("127.0.0.1"), gateway.port()).close())
                    .isInstanceOf(ConnectException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'requestLine: 1KiB', 1100, 0, 0, 414",
        "'requestLine: 2KiB', 1100, 0, 0, 200",
        "'headerBytes: 1KiB', 0, 1100, 0, 431",
        "'headerBytes: 2KiB', 0, 1100, 0, 200",
        "'headerCount: 5', 0, 0, 5, 431",
        "'headerCount: 6', 0, 0, 5, 200"
    })
    void a_head_is_bounded_in_its_line_its_bytes_and_its_fields(
            String limit, int line, int bytes, int fields, int status) {
        try (var gateway = start("limits: {" + limit + "}")) {
            var head = new StringBuilder("GET /" + "x".repeat(line) + " HTTP/1.1\nHost: a\n");
            head.append(bytes == 0 ? "" : "X-Long: " + "x".repeat(bytes) + "\n");
            for (var i = 0; i < fields; i++) {
                head.append("X-").append(i).append(": 1\n");
            }

            assertThat(gateway.send(head + "\n").status()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource({"'queryParameters: 1', '?a&b', 400", "'queryParameters: 2', '?a&b', 200"})
    void a_query_is_bounded_in_its_parameters(String limit, String query, int status) {
        try (var gateway = start("limits: {" + limit + "}")) {
            assertThat(gateway.send("GET /" + query + " HTTP/1.1\nHost: a\n\n").status())
                    .isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'chunkExtension: 3', '5;ab', '', 200",
        "'chunkExtension: 2', '5;ab', '', 400",
        "'trailers: 20', '5', 'X-Trailer: 1234567', 200",
        "'trailers: 19', '5', 'X-Trailer: 1234567', 400"
    })
    void what_comes_with_a_body_in_chunks_is_bounded(String limit, String size, String trailer, int status) {
        try (var gateway = start("limits: {" + limit + "}")) {
            var fields = trailer.isEmpty() ? "" : trailer + "\n";

            assertThat(gateway.send("POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n" + size + "\nhello\n0\n"
                                    + fields + "\n")
                            .status())
                    .isEqualTo(status);
        }
    }

    @Test
    void a_connection_carries_as_many_requests_as_it_may() {
        try (var gateway = start("limits: {requestsPerConnection: 2}");
                var client = gateway.connect()) {
            assertThat(client.send(GET).reply().fields("connection")).isEmpty();
            assertThat(client.send(GET).reply().fields("connection")).containsExactly("close");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void a_connection_that_says_nothing_is_not_waited_for() {
        try (var gateway = start("timeouts: {clientFirstByte: 100ms}");
                var client = gateway.connect()) {
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void a_body_that_trickles_is_not_waited_for_once_its_time_of_grace_is_over() {
        try (var gateway =
                        start("timeouts: {clientBodyGrace: 100ms, clientBodyMinRate: 1000000B/s, clientBodyIdle: 1h}");
                var client = gateway.connect()) {
            client.send("POST / HTTP/1.1\nHost: a\nContent-Length: 1000\n\nhello");

            Refused.as(client.reply(), Problem.CLIENT_TIMEOUT, "Request took too long to arrive");
        }
    }

    @Test
    void a_client_that_takes_nothing_of_its_answer_is_cut_off() throws InterruptedException {
        var large = "x".repeat(32 * 1024 * 1024);
        try (var lengthy = Upstream.answering(Upstream.ok(large));
                var gateway = GatewayUnderTest.start(
                        routes().replace(upstream.url(), lengthy.url()) + "timeouts: {clientStalled: 100ms}\n");
                var client = gateway.connect()) {
            client.send(GET);

            assertThat(lengthy.clientLeft()).isTrue();
        }
    }

    @Test
    void as_many_requests_wait_for_their_answers_as_may_and_the_next_is_shed() throws InterruptedException {
        var arrived = new CountDownLatch(1);
        try (var silent = Upstream.doing((request, socket) -> arrived.countDown());
                var gateway = GatewayUnderTest.start(routes().replace(upstream.url(), silent.url())
                        + "limits: {concurrency: {start: 1, least: 1, most: 1, queueAge: 1ms}}\n");
                var first = gateway.connect()) {
            first.send(GET);
            arrived.await();

            Refused.as(gateway.send(GET), Problem.OVERLOADED, "Server is overloaded");
        }
    }

    @ParameterizedTest
    @CsvSource({"'connections: 2'", "'perIpConnections: 2'"})
    void a_connection_too_many_is_closed(String limit) {
        try (var gateway = start("limits: {" + limit + "}");
                var first = gateway.connect();
                var second = gateway.connect()) {
            assertThat(first.send(GET).reply().status()).isEqualTo(200);
            assertThat(second.send(GET).reply().status()).isEqualTo(200);

            try (var third = gateway.connect()) {
                assertThat(third.ended()).isTrue();
            }
        }
    }

    @Test
    void a_connection_without_requests_is_closed_after_a_while() {
        try (var gateway = start("timeouts: {keepAliveIdle: 100ms}");
                var client = gateway.connect()) {
            assertThat(client.send(GET).reply().status()).isEqualTo(200);

            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void a_body_that_stops_is_not_waited_for() {
        try (var gateway = start("timeouts: {clientBodyIdle: 100ms}");
                var client = gateway.connect()) {
            client.send("POST / HTTP/1.1\nHost: a\nContent-Length: 10\n\nhello");

            assertThat(client.reply().status()).isEqualTo(408);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        X-Forwarded-For  | X-Forwarded-For: 192.0.2.7
        Forwarded        | Forwarded: for=192.0.2.7
        CF-Connecting-IP | CF-Connecting-IP: 192.0.2.7
        X-Real-IP        | X-Real-IP: 192.0.2.7
        """)
    void a_trusted_peer_tells_the_address_in_the_field_that_is_named_and_in_no_other(String name, String field) {
        var others =
                "X-Forwarded-For: 192.0.2.8\nForwarded: for=192.0.2.8\nCF-Connecting-IP: 192.0.2.8\nX-Real-IP: 192.0.2.8\n"
                        .replaceAll("(?m)^" + name + ": .*\n", "");
        try (var gateway = start("""
            trustedProxies: [127.0.0.1/32]
            clientIp: {header: %s}
            """.formatted(name), """
            , policy: [seven]\
            """, """
            policies:
              seven: {ip: {allow: [192.0.2.7/32]}}
            """)) {
            assertThat(gateway.send("GET / HTTP/1.1\nHost: a\n" + field + "\n" + others + "\n")
                            .status())
                    .isEqualTo(200);
            assertThat(gateway.send("GET / HTTP/1.1\nHost: a\n" + others + "\n").status())
                    .isEqualTo(403);
        }
    }

    @Test
    void records_are_linked_and_their_paths_cut_where_that_is_asked_for(@TempDir Path directory) throws IOException {
        var log = directory.resolve("audit.jsonl");
        try (var gateway = start("audit: {sink: file, file: \"" + log + "\", chain: true, pathLimit: 5}")) {
            gateway.send("GET /long/path HTTP/1.1\nHost: a\n\n");
            gateway.send(GET);
        }

        var lines = Files.readAllLines(log);
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).contains("\"path\":\"/long\"", "\"seq\":1,");
        var hash = lines.getFirst().replaceAll(".*\"hash\":\"([0-9a-f]{64})\"}$", "$1");
        assertThat(lines.getLast()).contains("\"path\":\"/\"", "\"seq\":2,\"prev_hash\":\"" + hash + "\"");
    }

    @Test
    void what_waits_for_a_slow_sink_is_kept_on_the_disk_and_brought_at_the_stop(@TempDir Path directory)
            throws IOException {
        var log = directory.resolve("audit.jsonl");
        try (var gateway = start("audit: {sink: file, file: \"" + log + "\", spillDir: \"" + directory.resolve("spill")
                + "\", flush: 1m, queue: 10, batch: 10}")) {
            for (var i = 0; i < 9; i++) {
                gateway.send(GET);
            }
        }

        assertThat(Files.readAllLines(log)).hasSize(9);
        try (var left = Files.list(directory.resolve("spill"))) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly("lock");
        }
    }

    @Test
    void browsers_are_told_to_come_back_by_tls_only_where_they_came_by_it() throws Exception {
        try (var gateway = SecureGateway.start(routes() + "securityHeaders: true\n");
                var client = gateway.client()) {
            var reply = client.send(gateway.request("/").build(), BodyHandlers.ofString());

            assertThat(reply.headers().firstValue("strict-transport-security")).isPresent();
            assertThat(reply.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        }
    }

    @Test
    void older_versions_of_tls_are_not_spoken() throws IOException {
        try (var strict = SecureGateway.start(routes(), ", minVersion: \"1.3\"");
                var usual = SecureGateway.start(routes())) {
            assertThat(agreed(usual)).isEqualTo("TLSv1.2");
            assertThatThrownBy(() -> agreed(strict)).isInstanceOf(SSLException.class);
        }
    }

    private static String agreed(SecureGateway gateway) throws IOException {
        try (var socket = (SSLSocket) gateway.tls()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), gateway.plain().port())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.startHandshake();
            return socket.getSession().getProtocol();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                         | true
        , clientCa: CA, clientAuth: want | true
        , clientCa: CA, clientAuth: need | false
        """)
    void who_shows_no_certificate_is_served_where_none_is_needed(
            @Nullable String clients, boolean served, @TempDir Path directory) throws Exception {
        var authority = new TlsAuthority();
        var own = authority.issue("CN=gateway");
        var tls = "{cert: \"" + own.certFile(directory.resolve("cert.pem")) + "\", key: \""
                + own.keyFile(directory.resolve("key.pem")) + "\"" + Objects.requireNonNullElse(clients, "") + "}";
        var ca = "\"" + authority.file(directory.resolve("ca.pem")) + "\"";
        try (var gateway = start("listen: [{tls: " + tls.replace("CA,", ca + ",") + "}]");
                var nobody =
                        HttpClient.newBuilder().sslContext(authority.context()).build();
                var somebody = HttpClient.newBuilder()
                        .sslContext(authority.context(authority.client("CN=ann")))
                        .build()) {
            var request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + gateway.port() + "/"))
                    .build();
            assertThat(somebody.send(request, BodyHandlers.ofString()).body()).isEqualTo("hello");
            if (served) {
                assertThat(nobody.send(request, BodyHandlers.ofString()).body()).isEqualTo("hello");
            } else {
                assertThatThrownBy(() -> nobody.send(request, BodyHandlers.ofString()))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"'', HTTP_2", "', alpn: [h2]', HTTP_2", "', alpn: [http/1.1]', HTTP_1_1"})
    void inside_tls_is_spoken_what_is_listed(String alpn, HttpClient.Version version) throws Exception {
        try (var gateway = SecureGateway.start(routes(), alpn);
                var client = gateway.client()) {
            var reply = client.send(gateway.request("/").build(), BodyHandlers.ofString());

            assertThat(reply.body()).isEqualTo("hello");
            assertThat(reply.version()).isEqualTo(version);
        }
    }

    private String routes() {
        return file("", "", "");
    }

    private String file(String top, String route, String policies) {
        return """
            identity:
              anyone: {type: public}
            %supstreams:
              users: {targets: [{url: "%s"}]}
            routes:
              - {id: users, match: {path: /}, identity: [anyone], upstream: users%s}
            %s
            """.formatted(policies, upstream.url(), route, top);
    }

    private GatewayUnderTest start(String top) {
        return GatewayUnderTest.start(file(top, "", ""));
    }

    private GatewayUnderTest start(String top, String route, String policies) {
        return GatewayUnderTest.start(file(top, route, policies));
    }
}
