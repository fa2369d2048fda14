package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.gateway.config.GatewaySettings;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Sources;
import io.triport.identity.launch.StartMode.Credentials;
import io.triport.testkit.TlsAuthority;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Under which name browsers keep a session that another app began. */
final class SessionTransportTest {
    private static final Set<String> OVER_TLS = Set.of("__Host-session", "__Host-csrf");
    private static final Set<String> PLAIN = Set.of("triport-dev-session", "triport-dev-csrf");

    @TempDir
    private Path directory;

    @Test
    void for_development_over_plain_http_a_session_goes_without_tls_and_else_never() {
        var own = new TlsAuthority().issue("CN=gateway");
        var tls = "listen: [{tls: {cert: \"" + own.certFile(directory.resolve("cert.pem")) + "\", key: \""
                + own.keyFile(directory.resolve("key.pem")) + "\"}}]\n";

        assertThat(cookies("", Credentials.DEVELOPMENT)).isEqualTo(PLAIN);
        assertThat(cookies("", Credentials.CONFIGURED)).isEqualTo(OVER_TLS);
        assertThat(cookies(tls, Credentials.DEVELOPMENT)).isEqualTo(OVER_TLS);
    }

    private static Set<String> cookies(String top, Credentials credentials) {
        var text = top + """
            identity: {people: {type: session, keys: ["${env:KEY}"]}}
            upstreams: {u: {targets: [{url: "http://127.0.0.1:9"}]}}
            routes:
              - {id: r, match: {path: /}, identity: [people], upstream: u}
            """;
        var environment = Map.of("KEY", "0123456789abcdef0123456789abcdef");
        var sources = new Sources(ConfigFile.parse("gateway.yaml", text), environment, Map.of());
        var people = GatewaySettings.read(sources.root(), sources, credentials)
                .identity()
                .get("people");
        return people == null ? Set.of() : people.trace().cookies();
    }
}
