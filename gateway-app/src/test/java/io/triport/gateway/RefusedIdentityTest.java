package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.identity.launch.Launch;
import io.triport.testkit.TlsAuthority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must stop the start, with the one line that the operator is told (identity specification, section 10). */
final class RefusedIdentityTest {
    private static final Map<String, String> SECRETS = Map.of(
            "S31", "a".repeat(31),
            "S47", "a".repeat(47),
            "S63", "a".repeat(63),
            "S64", "a".repeat(64),
            "KEY", "0123456789abcdef0123456789abcdef");

    /** A mechanism named {@code m}, and a route that has it. */
    private static final String WITH_MECHANISM = """
        identity:
          m: {%s}
        upstreams: {u: {targets: [{url: "http://127.0.0.1:9"}]}}
        routes:
          - {id: r, match: {path: /}, identity: [m], upstream: u}
        """;

    private static final String PUBLIC = """
        %s
        identity: {all: {type: public}}
        upstreams: {u: {targets: [{url: "http://127.0.0.1:9"}]}}
        routes:
          - {id: r, match: {path: /}, identity: %s, upstream: u%s}
        """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', maxCharsPerColumn = 10_000, textBlock = """
        type: jwt, issuer: i, secret: "${env:S64}", audience: []                                  | line 2: identity.m.audience: [] (expected: one or more audiences, or none alone)
        type: jwt, issuer: i, secret: "${env:S64}", audience: [""]                                | line 2: identity.m.audience: [] (expected: one or more audiences, or none alone)
        type: jwt, issuer: i, secret: "${env:S64}"                                                | line 2: identity.m.audience: [] (expected: one or more audiences, or none alone)
        type: access-jwt, teamDomain: acme.example, audience: []                                  | line 2: identity.m.audience: [] (expected: one or more audience tags)
        type: access-jwt, teamDomain: acme.example, audience: [a], emails: []                     | line 2: identity.m.emails: [] (expected: one address or more, or no list at all)
        type: access-jwt, teamDomain: acme.example, audience: [a], emails: [""]                   | line 2: identity.m.emails:  (expected: an e-mail address)
        type: jwt, issuer: i, audience: [a], secret: "${env:S31}"                                 | line 2: identity.m.secret: (not shown) (expected: 32 bytes or more for HS256)
        type: jwt, issuer: i, audience: [a], secret: "${env:S47}", algorithms: [HS384]            | line 2: identity.m.secret: (not shown) (expected: 48 bytes or more for HS384)
        type: jwt, issuer: i, audience: [a], secret: "${env:S63}", algorithms: [HS512]            | line 2: identity.m.secret: (not shown) (expected: 64 bytes or more for HS512)
        type: jwt, issuer: i, audience: [a], secret: "${env:S64}", jwks: "https://idp/keys"       | line 2: identity.m.jwks: not one of secret, jwks and keys (expected: exactly one of them)
        type: jwt, issuer: i, audience: [a]                                                       | line 2: identity.m.jwks: not one of secret, jwks and keys (expected: exactly one of them)
        type: jwt, issuer: i, audience: [a], secret: "${env:S64}", algorithms: [RS256]            | line 2: identity.m.algorithms: [RS256] (expected: those of secrets beside secret, else none of them)
        type: jwt, issuer: i, audience: [a], jwks: "https://idp/keys", algorithms: [none]         | line 2: identity.m.algorithms: none (expected: one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA, Ed25519, HS256, HS384, HS512)
        type: jwt, issuer: none, audience: [a], jwks: "https://idp/keys"                          | line 2: identity.m.issuer: none (expected: an issuer, where keys are public)
        type: jwt, issuer: i, audience: [a], jwks: "http://idp/keys"                              | line 2: identity.m.jwks: http://idp/keys (expected: an https URL, or http to a loopback address beside insecure: true)
        type: jwt, issuer: i, audience: [a], jwks: "http://idp/keys", insecure: true              | line 2: identity.m.jwks: http://idp/keys (expected: an https URL, or http to a loopback address beside insecure: true)
        type: jwt, issuer: i, audience: [a], jwks: "http://127.0.0.1/keys"                        | line 2: identity.m.jwks: http://127.0.0.1/keys (expected: an https URL, or http to a loopback address beside insecure: true)
        type: access-jwt, teamDomain: acme.example, audience: [a], jwks: "http://127.0.0.1/keys"  | line 2: identity.m.jwks: http://127.0.0.1/keys (expected: an https URL, or http to a loopback address beside insecure: true)
        type: jwt, issuer: i, audience: [a], secret: "${env:S64}", skew: 301s                     | line 2: identity.m.skew: 301s (expected: a duration of 0s..300s)
        type: access-jwt, teamDomain: acme.example, audience: [a], skew: 301s                     | line 2: identity.m.skew: 301s (expected: a duration of 0s..300s)
        type: jwt, issuer: i, audience: [a], secret: "${env:S64}", cache: 61s                     | line 2: identity.m.cache: 61s (expected: a duration of 0s..60s)
        type: access-jwt, teamDomain: acme.example, audience: [a], cache: 61s                     | line 2: identity.m.cache: 61s (expected: a duration of 0s..60s)
        type: mtls, clientCa: /ca.pem, forwarded: {header: client-cert}                           | line 2: identity.m.forwarded.from: [] (expected: the addresses of the proxies, not everybody's)
        type: mtls, clientCa: /ca.pem, forwarded: {header: client-cert, from: [0.0.0.0/0]}        | line 2: identity.m.forwarded.from: [0.0.0.0/0] (expected: the addresses of the proxies, not everybody's)
        type: federation, issuers: {a: {issuer: "https://a", audience: [x], subject: "*", role: r}}                     | line 2: identity.m.issuers.a.subject: * (expected: a subject, or a pattern that not every subject fits)
        type: federation, issuers: {a: {issuer: "https://a", audience: [], subject: "s", role: r}}                      | line 2: identity.m.issuers.a.audience: [] (expected: one or more, none empty)
        type: federation, issuers: {a: {issuer: "http://a.example", audience: [x], subject: "s", role: r}}              | line 2: identity.m.issuers.a.issuer: http://a.example (expected: an https URL, or http to loopback beside insecure: true)
        type: federation, issuers: {a: {issuer: "http://127.0.0.1:1", audience: [x], subject: "s", role: r}}            | line 2: identity.m.issuers.a.issuer: http://127.0.0.1:1 (expected: an https URL, or http to loopback beside insecure: true)
        type: oidc-login, issuer: "http://127.0.0.1:1", clientId: c, clientSecret: "${env:KEY}", redirectUri: "https://app/back", keys: ["${env:KEY}"] | line 2: identity.m.issuer: http://127.0.0.1:1 (expected: an https URL, or http to loopback beside insecure: true)
        """)
    void a_mechanism_that_would_let_in_whom_nobody_meant_stops_the_start(String mechanism, String line)
            throws IOException {
        assertThat(refusal(WITH_MECHANISM.formatted(mechanism))).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ``                                  | []    | ``                            | line 4: routes[0].identity: none (expected: at least one mechanism; one of type public for everybody)
        trustedProxies: [0.0.0.0/0]         | [all] | ``                            | line 1: trustedProxies: 0.0.0.0/0 (expected: a block of addresses such as 192.0.2.0/24, not all)
        trustedProxies: ["::/0"]            | [all] | ``                            | line 1: trustedProxies: ::/0 (expected: a block of addresses such as 192.0.2.0/24, not all)
        policies: {p: {emailIn: []}}        | [all] | `, policy: [p]`               | line 1: policies.p.emailIn: none (expected: at least one address)
        policies: {p: {emailIn: [""]}}      | [all] | `, policy: [p]`               | line 1: policies.p.emailIn:  (expected: an e-mail address with an ASCII domain)
        """)
    void a_route_that_would_let_in_everybody_or_nobody_by_mistake_stops_the_start(
            String top, String identity, String more, String line) throws IOException {
        assertThat(refusal(PUBLIC.formatted(top, identity, more))).isEqualTo(line);
    }

    @Test
    void a_secret_in_a_file_that_others_may_read_stops_the_start_unless_that_is_allowed() throws IOException {
        var file = Files.writeString(directory.resolve("secret"), "a".repeat(64));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        var text = WITH_MECHANISM.formatted("type: jwt, issuer: i, audience: [a], secret: \"${file:" + file + "}\"");

        assertThat(refusal(text))
                .isEqualTo("line 2: identity.m.secret: " + file
                        + " is open to others (expected: a file of mode 600 or 400)");
        assertThat(refusal("triport: {allow-open-key-files: true}\n" + text)).isEmpty();
    }

    @Test
    void the_key_of_a_listener_that_others_may_read_stops_the_start() throws IOException {
        var authority = new TlsAuthority().issue("CN=gateway");
        var cert = authority.certFile(directory.resolve("cert.pem"));
        var key = authority.keyFile(directory.resolve("key.pem"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        var tls = "listen: [{tls: {cert: \"" + cert + "\", key: \"" + key + "\"%s}}]";

        assertThat(refusal(PUBLIC.formatted(tls.formatted(""), "[all]", "")))
                .isEqualTo("line 1: listen[0].tls.key: " + key
                        + " is open to others (expected: a file of mode 600 or 400)");
        assertThat(refusal(PUBLIC.formatted(tls.formatted(", allowOpenKeyFiles: true"), "[all]", "")))
                .isEmpty();
    }

    /** What is said of a file, without its name; empty where the gateway would start with it. */
    private String refusal(String text) throws IOException {
        var file = Files.writeString(directory.resolve("gateway.yaml"), text.stripLeading());
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var code =
                new Launch(new Gateway(), SECRETS, printing(out), printing(err)).run(List.of("check", file.toString()));

        var said = err.toString(StandardCharsets.UTF_8);
        assertThat(code).isEqualTo(said.isEmpty() ? 0 : 78);
        return said.replace("gateway: gateway.yaml ", "").stripTrailing();
    }

    private static PrintStream printing(ByteArrayOutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }
}
