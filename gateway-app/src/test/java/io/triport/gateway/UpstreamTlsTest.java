package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.gateway.Upstream.Demand;
import io.triport.identity.config.ConfigError;
import io.triport.testkit.TlsAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whom the gateway believes behind it, and as whom it is known there. */
@ExtendWith(LeakWatch.class)
final class UpstreamTlsTest {
    private static final String GET = "GET /users/1 HTTP/1.1\nHost: a\n\n";
    private static final Upstream.Behaviour HELLO = (request, socket) -> Upstream.write(socket, Upstream.ok("hello"));

    @TempDir
    Path directory;

    private final TlsAuthority ours = new TlsAuthority();
    private final TlsAuthority another = new TlsAuthority();

    private static String file(String url, String tls) {
        return """
            identity:
              anyone: {type: public}
            upstreams:
              users:
                targets: [{url: "%s"}]
                tls: {%s}
            routes:
              - id: users
                match: {path: /users}
                identity: [anyone]
                upstream: users
            """.formatted(url, tls);
    }

    private Upstream upstream(TlsAuthority authority, String address, Demand demand) {
        return Upstream.secured(authority.context(authority.issueFor("CN=users", address)), demand, HELLO);
    }

    private String ca(TlsAuthority authority) {
        return "ca: " + authority.file(directory.resolve("ca.pem"));
    }

    private String shown(TlsAuthority.Credential credential) {
        return "clientCert: " + credential.certFile(directory.resolve("cert.pem")) + ", clientKey: "
                + credential.keyFile(directory.resolve("key.pem"));
    }

    @Test
    void a_server_of_the_authority_is_believed_and_no_other() {
        try (var upstream = upstream(ours, "127.0.0.1", Demand.NOTHING)) {
            assertAnswer(file(upstream.url(), ca(ours)), 200, "hello");
            assertAnswer(file(upstream.url(), ca(another)), 502, "\"upstream-tls\"");
            assertAnswer(file(upstream.url(), ""), 502, "\"upstream-tls\"");
            assertThat(upstream.seen()).hasSize(1);
        }
    }

    @Test
    void a_certificate_for_another_host_is_believed_only_where_that_is_asked_for() {
        try (var upstream = upstream(ours, "192.0.2.1", Demand.NOTHING)) {
            assertAnswer(file(upstream.url(), ca(ours)), 502, "\"upstream-tls\"");
            assertAnswer(file(upstream.url(), ca(ours) + ", verifyHost: false"), 200, "hello");
            assertAnswer(file(upstream.url(), ca(another) + ", verifyHost: false"), 502, "\"upstream-tls\"");
        }
    }

    @Test
    void a_server_that_wants_to_know_who_asks_is_shown_the_certificate() {
        try (var upstream = upstream(ours, "127.0.0.1", Demand.CERTIFICATE)) {
            assertAnswer(file(upstream.url(), ca(ours) + ", " + shown(ours.issue("CN=gw"))), 200, "hello");
            assertAnswer(
                    file(upstream.url(), ca(ours) + ", " + shown(another.issue("CN=gw"))), 502, "\"upstream-tls\"");
            assertAnswer(file(upstream.url(), ca(ours)), 502, "\"upstream-tls\"");
            assertThat(upstream.seen()).hasSize(1);
        }
    }

    @Test
    void the_files_are_read_again_with_the_configuration() {
        try (var upstream = upstream(ours, "127.0.0.1", Demand.NOTHING)) {
            var file = file(upstream.url(), ca(another));
            try (var gateway = GatewayUnderTest.start(file)) {
                assertThat(gateway.send(GET).status()).isEqualTo(502);

                ca(ours);
                gateway.reload(file);
                assertThat(gateway.send(GET).body()).isEqualTo("hello");
            }
        }
    }

    @Test
    void files_that_cannot_be_used_stop_the_start() throws IOException {
        var credential = ours.issue("CN=gw");
        var cert = "clientCert: " + credential.certFile(directory.resolve("cert.pem"));
        var key = ", clientKey: " + credential.keyFile(directory.resolve("key.pem"));
        var empty = Files.writeString(directory.resolve("empty.pem"), "");

        assertRefused("ca: " + directory.resolve("none.pem"), "upstreams.users.tls.ca");
        assertRefused("ca: " + empty, "upstreams.users.tls.ca");
        assertRefused(cert, "upstreams.users.tls.clientKey");
        assertRefused(key.substring(2), "upstreams.users.tls.clientCert");
        assertRefused(cert + ", clientKey: " + empty, "upstreams.users.tls.clientKey");
        assertRefused("clientCert: " + empty + key, "upstreams.users.tls.clientCert");
        assertRefused("clientCert: " + ours.file(directory.resolve("ca.pem")) + key, "upstreams.users.tls.clientKey");
        Files.setPosixFilePermissions(directory.resolve("key.pem"), PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused(cert + key, "upstreams.users.tls.clientKey");
        assertThatThrownBy(() -> GatewayUnderTest.start(file("http://127.0.0.1:1", ca(ours))))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("no tls where no target is https");
    }

    private static void assertRefused(String tls, String key) {
        assertThatThrownBy(() -> GatewayUnderTest.start(file("https://127.0.0.1:1", tls)))
                .as(tls)
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(key);
    }

    private static void assertAnswer(String file, int status, String body) {
        try (var gateway = GatewayUnderTest.start(file)) {
            var reply = gateway.send(GET);
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.body()).contains(body);
        }
    }
}
