package io.triport.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.kv.PemFiles;
import io.triport.e2e.kv.Within;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client whose certificate is taken back while the gateway runs. */
final class RevokedCertificateTest {
    private static final String NOBODYS = "1";

    @TempDir
    private Path directory;

    @Test
    void it_is_refused_from_the_next_list_on_without_a_restart_and_the_others_are_not() throws IOException {
        var server = PemFiles.in(directory, "server");
        var authority = ClientAuthority.in(directory);
        var first = authority.issue("first", server);
        var second = authority.issue("second", server);
        var crl = authority.revoke(NOBODYS);
        try (var origin = Origin.start();
                var node = GatewayNode.start(directory, file(server, authority, crl, origin.url()), Map.of())) {
            var address = node.address();
            assertThat(address).hasScheme("https");
            assertThat(admitted(first, address)).isTrue();
            assertThat(admitted(second, address)).isTrue();

            authority.revoke(first.serial());
            Within.reason("refused", () -> !admitted(first, address));
            assertThat(admitted(second, address)).isTrue();

            authority.revoke(NOBODYS);
            Within.reason("admitted again", () -> admitted(first, address));
            node.terminate();
            assertThat(node.exit()).isIn(0, 143);
        }
    }

    /** On a connection of its own. */
    private static boolean admitted(ClientAuthority.Client who, URI address) {
        try (var client = HttpClient.newBuilder().sslContext(who.tls()).build()) {
            var request = HttpRequest.newBuilder(URI.create(address + "/")).build();
            var reply = client.send(request, BodyHandlers.ofString());
            assertThat(reply.statusCode()).isEqualTo(200);
            return true;
        } catch (IOException e) {
            // In TLS 1.3 a client hears that it was refused when it believes that it is in.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static String file(PemFiles server, ClientAuthority authority, Path crl, String origin) {
        return """
            listen:
              - tls: {cert: "%s", key: "%s", clientCa: "%s", clientAuth: need, crl: "%s"}
            identity:
              anyone: {type: public}
            upstreams:
              users: {targets: [{url: "%s"}]}
            routes:
              - {id: users, match: {path: /}, identity: [anyone], upstream: users}
            """.formatted(server.cert(), server.key(), authority.file(), crl, origin);
    }
}
