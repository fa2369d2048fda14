package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
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
    private final TestAuthority authority = new TestAuthority();
    private final TestAuthority.Credential good = authority.client("CN=good");
    private final TestAuthority.Credential revoked = authority.client("CN=revoked");
    private final Upstream upstream = Upstream.answering(Upstream.ok("hello"));
    private final AtomicInteger status = new AtomicInteger(200);
    private final CountDownLatch asked = new CountDownLatch(1);
    private HttpServer point;

    @TempDir
    private Path directory;

    @BeforeEach
    void publish() throws IOException {
        var list = authority.revocations(revoked);
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

    private static Client.Reply get(GatewayUnderTest gateway, TestAuthority.Credential client)
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
