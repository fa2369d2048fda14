package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.triport.testkit.TlsAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Client certificates that their authority took back, as it says under a URL. */
@ExtendWith(LeakWatch.class)
final class RevocationListTest {
    private static final Instant FAR = Instant.parse("2100-01-01T00:00:00Z");

    private final TlsAuthority authority = new TlsAuthority();
    private final TlsAuthority.Credential good = authority.client("CN=good");
    private final TlsAuthority.Credential revoked = authority.client("CN=revoked");
    private final Upstream upstream = Upstream.answering(Upstream.ok("hello"));
    private final AtomicInteger status = new AtomicInteger(200);
    private final CountDownLatch asked = new CountDownLatch(1);
    private HttpServer point;

    @TempDir
    private Path directory;

    @BeforeEach
    void publish() throws IOException {
        var list = authority.crl(FAR, revoked);
        point = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        point.createContext("/list.crl", exchange -> {
            exchange.sendResponseHeaders(status.get(), status.get() == 200 ? list.length : -1);
            if (status.get() == 200) {
                exchange.getResponseBody().write(list);
            }
            exchange.close();
            asked.countDown();
        });
        point.start();
    }

    @AfterEach
    void stop() {
        point.stop(0);
        upstream.close();
    }

    private GatewayUnderTest start(String policy) {
        return GatewayUnderTest.start("""
            identity:
              peer:
                type: mtls
                clientCa: "%s"
                crlUrl: "http://127.0.0.1:%d/list.crl"
                crl: %s
                forwarded: {header: client-cert, from: [127.0.0.1/32]}
            upstreams:
              users: {targets: [{url: "%s"}]}
            routes:
              - {id: users, match: {path: /}, identity: [peer], upstream: users}
            """.formatted(
                authority.file(directory.resolve("ca.pem")), point.getAddress().getPort(), policy, upstream.url()));
    }

    private static Client.Reply get(GatewayUnderTest gateway, TlsAuthority.Credential client)
            throws CertificateEncodingException {
        var shown = Base64.getEncoder().encodeToString(client.certificate().getEncoded());
        return gateway.send("GET / HTTP/1.1\nHost: a\nClient-Cert: :" + shown + ":\n\n");
    }

    @Test
    void who_is_on_the_list_is_refused_and_who_is_not_is_admitted() throws Exception {
        try (var gateway = start("hard")) {
            assertThat(get(gateway, good).status()).isEqualTo(200);
            assertThat(get(gateway, revoked).status()).isEqualTo(401);
            assertThat(get(gateway, revoked).body()).contains("\"code\":\"cert-untrusted\"");
        }
    }

    @Test
    void at_a_listener_who_is_on_the_list_makes_no_connection() throws Exception {
        var own = authority.issue("CN=gateway");
        try (var gateway = GatewayUnderTest.start("""
            listen:
              - tls:
                  cert: "%s"
                  key: "%s"
                  clientCa: "%s"
                  clientAuth: need
                  crlUrl: "http://127.0.0.1:%d/list.crl"
            identity:
              anyone: {type: public}
            upstreams:
              users: {targets: [{url: "%s"}]}
            routes:
              - {id: users, match: {path: /}, identity: [anyone], upstream: users}
            """.formatted(
                        own.certFile(directory.resolve("cert.pem")),
                        own.keyFile(directory.resolve("key.pem")),
                        authority.file(directory.resolve("ca.pem")),
                        point.getAddress().getPort(),
                        upstream.url()))) {
            assertThat(status(gateway, good)).isEqualTo(200);
            assertThatThrownBy(() -> status(gateway, revoked)).isInstanceOf(IOException.class);
        }
    }

    private int status(GatewayUnderTest gateway, TlsAuthority.Credential client) throws Exception {
        try (var http =
                HttpClient.newBuilder().sslContext(authority.context(client)).build()) {
            var request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + gateway.port() + "/"));
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void without_the_list_the_policy_decides() throws Exception {
        status.set(503);
        try (var hard = start("hard");
                var soft = start("soft")) {
            asked.await();

            assertThat(get(hard, good).status()).isEqualTo(503);
            assertThat(get(hard, good).field("retry-after")).isNotEmpty();
            assertThat(get(soft, good).status()).isEqualTo(200);
        }
    }
}
