package io.triport.identity.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.triport.domain.request.ByteSize;
import io.triport.identity.connection.BadRequests;
import io.triport.identity.connection.EdgeLimits;
import io.triport.identity.tls.TlsSettings;
import io.triport.identity.tls.TlsSettings.Clients;
import io.triport.identity.tls.TlsSettings.Demand;
import io.triport.identity.tls.TlsSettings.KeyAccess;
import io.triport.identity.tls.TlsSettings.Version;
import io.triport.testkit.TlsAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The guards behind TLS. A client of the JDK reads to the end without an exception only if it was told goodbye. */
final class TlsServerTest {
    private static final EdgeLimits LIMITS = EdgeLimits.collecting(ByteSize.ofKiB(128));
    private static final String HOST = "Host: localhost\r\n";
    private static final String GET = "GET /echo HTTP/1.1\r\n" + HOST;
    private static final String LAST = GET + "Connection: close\r\n\r\n";
    private static final String PEER = "GET /echo/peer HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n";
    private static final String POST = "POST /echo HTTP/1.1\r\nContent-Type: text/plain\r\n" + HOST;

    private static final LeakWatch LEAKS = new LeakWatch();
    private static final TlsAuthority AUTHORITY = new TlsAuthority("CN=authority");

    @TempDir
    static Path directory;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(LIMITS, settings(new Clients.Unasked()));
    }

    @AfterAll
    static void nothing_leaks() throws InterruptedException {
        server.close();
        try (LEAKS) {
            assertThat(LEAKS.reports()).isEmpty();
        }
    }

    private static TlsSettings settings(Clients clients) {
        var credential = AUTHORITY.issue("CN=server");
        return new TlsSettings(
                credential.certFile(directory.resolve("cert.pem")),
                credential.keyFile(directory.resolve("key.pem")),
                KeyAccess.OWNER,
                clients,
                Version.TLS_1_2,
                List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void requests_are_answered_in_both_versions(String version) throws IOException {
        try (var socket = socket()) {
            socket.setEnabledProtocols(new String[] {version});
            socket.getOutputStream().write(LAST.getBytes(java.nio.charset.StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("got nothing");
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            assertThat(socket.getSession().getCipherSuite()).containsPattern("GCM|POLY1305");
        }
    }

    @Test
    void a_client_cannot_negotiate_anew_within_a_connection() throws IOException {
        try (var socket = socket()) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.startHandshake();

            assertThatIOException().isThrownBy(() -> {
                socket.startHandshake();
                socket.getOutputStream().write(LAST.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                socket.getInputStream().readAllBytes();
            });
        }
    }

    @Test
    void suites_without_authenticated_encryption_are_not_spoken() throws IOException {
        try (var socket = socket()) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {
                "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
                "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"
            });

            assertThatIOException().isThrownBy(socket::startHandshake);
        }
    }

    static Stream<Arguments> refused() {
        return BadRequests.all();
    }

    @ParameterizedTest(name = "{0} for {1}")
    @MethodSource("refused")
    void a_bad_request_gets_one_refusal_and_a_goodbye(int status, String name, String bytes) throws IOException {
        try (var client = server.connect(AUTHORITY.context())) {
            client.send(bytes.replace("POST / ", "POST /echo ") + LAST);

            assertThat(client.statuses()).containsExactly(status);
        }
    }

    @Test
    void the_answer_to_a_body_that_is_too_large_arrives_although_the_client_still_sends() throws IOException {
        try (var client = server.connect(AUTHORITY.context())) {
            client.send(POST + "Content-Length: 1000000\r\n\r\n" + "a".repeat(500_000));

            assertThat(client.readUntil("\r\n")).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void pipelined_requests_are_answered_in_turn() throws IOException {
        try (var client = server.connect(AUTHORITY.context())) {
            client.send((GET + "\r\n").repeat(20) + LAST);

            assertThat(client.statuses()).hasSize(21).containsOnly(200);
        }
    }

    @Test
    void who_speaks_plain_http_is_hung_up_on() throws IOException {
        try (var client = server.connect()) {
            assertThat(client.send(LAST).readAll()).doesNotContain("HTTP/");
        }
        try (var client = server.connect(AUTHORITY.context())) {
            assertThat(client.send(LAST).statuses()).containsExactly(200);
        }
    }

    @Test
    void a_client_that_takes_no_reply_is_reset() throws IOException {
        var usual = LIMITS.patience();
        var stalling =
                new EdgeLimits.Patience(usual.firstByte(), usual.head(), usual.keepAlive(), Duration.ofMillis(100));
        var limits = new EdgeLimits(
                LIMITS.head(), LIMITS.body(), stalling, LIMITS.pace(), LIMITS.connections(), LIMITS.work());
        try (var stallable = TestServer.start(limits, settings(new Clients.Unasked()));
                var client = stallable.connect(AUTHORITY.context())) {
            client.send(GET.replace("/echo", "/echo/large") + "\r\n");

            // Nothing is read meanwhile, so this blocks until the reset arrives.
            assertThatIOException().isThrownBy(() -> {
                while (true) {
                    client.send((GET + "\r\n").repeat(1000));
                }
            });
        }
    }

    @Test
    void silence_instead_of_a_handshake_ends() throws IOException {
        var usual = LIMITS.patience();
        var hurried =
                new EdgeLimits.Patience(Duration.ofMillis(100), usual.head(), usual.keepAlive(), usual.stalledReply());
        var limits = new EdgeLimits(
                LIMITS.head(), LIMITS.body(), hurried, LIMITS.pace(), LIMITS.connections(), LIMITS.work());
        try (var impatient = TestServer.start(limits, settings(new Clients.Unasked()));
                var client = impatient.connect()) {
            assertThat(client.readAll()).doesNotContain("HTTP/");
        }
    }

    @Test
    void an_idle_connection_is_told_goodbye_at_the_end() throws IOException, InterruptedException {
        try (var draining = TestServer.start(LIMITS, settings(new Clients.Unasked()));
                var idle = draining.connect(AUTHORITY.context())) {
            idle.send(GET + "\r\n").readUntil("got nothing");

            draining.drain().begin();
            assertThat(draining.drain().await(Duration.ofMinutes(1))).isTrue();

            assertThat(idle.readAll()).isEmpty();
        }
    }

    @Test
    void what_is_known_of_the_client_reaches_the_request() throws IOException {
        var authorities = AUTHORITY.file(directory.resolve("ca.pem"));
        try (var asking = TestServer.start(LIMITS, settings(new Clients.Asked(authorities, Demand.WANT)))) {
            try (var known = asking.connect(AUTHORITY.context(AUTHORITY.issue("CN=client")))) {
                assertThat(known.send(PEER).readAll()).endsWith("\r\n\r\nCN=client");
            }
            try (var unknown = asking.connect(AUTHORITY.context())) {
                assertThat(unknown.send(PEER).readAll()).endsWith("\r\n\r\ntls");
            }
        }
        try (var client = server.connect(AUTHORITY.context())) {
            assertThat(client.send(PEER).readAll()).endsWith("\r\n\r\ntls");
        }
    }

    @Test
    void who_must_show_a_certificate_and_has_none_or_a_strange_one_is_not_served() throws IOException {
        var authorities = AUTHORITY.file(directory.resolve("ca.pem"));
        var stranger = new TlsAuthority("CN=authority").issue("CN=client");
        try (var asking = TestServer.start(LIMITS, settings(new Clients.Asked(authorities, Demand.NEED)))) {
            for (var client : List.of(AUTHORITY.context(), AUTHORITY.context(stranger))) {
                try (var refused = asking.connect(client)) {
                    assertThat(replyOf(refused)).doesNotContain("HTTP/");
                }
            }
            try (var known = asking.connect(AUTHORITY.context(AUTHORITY.issue("CN=client")))) {
                assertThat(known.send(PEER).readAll()).endsWith("\r\n\r\nCN=client");
            }
        }
    }

    private static String replyOf(TestServer.Client client) throws IOException {
        try {
            return client.send(PEER).readAll();
        } catch (SSLException | java.net.SocketException e) {
            return "";
        }
    }

    private static SSLSocket socket() throws IOException {
        var socket = (SSLSocket)
                AUTHORITY.context().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
        return socket;
    }
}
