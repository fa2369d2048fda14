package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.gateway.config.GatewaySettings;
import io.triport.identity.config.ConfigError;
import io.triport.identity.edge.EdgeSettings;
import io.triport.identity.launch.StartedApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** No key of the gateway's file is read and forgotten. */
final class EveryKeyTest {
    @TempDir
    private static Path directory;

    /** Where in the file a key stands. */
    enum Place {
        TOP,
        LIMIT,
        UPSTREAM,
        TARGET,
        ROUTE,
        MATCH
    }

    /** What a file means to the gateway and to the edge below it. */
    private record Meaning(GatewaySettings settings, EdgeSettings edge) {}

    record Key(Place place, String text) {
        /** Its keys, of which an error names one: the innermost, or the one that makes a section what it is not. */
        String names() {
            return Pattern.compile("([A-Za-z]+):")
                    .matcher(text.replaceAll("https?:", ""))
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.joining("|"));
        }

        @Override
        public String toString() {
            return text;
        }
    }

    @BeforeAll
    static void write() throws IOException {
        try (var pem = EveryKeyTest.class.getResourceAsStream("/authority.pem")) {
            Files.write(
                    directory.resolve("authority.pem"),
                    Objects.requireNonNull(pem).readAllBytes());
        }
    }

    static Stream<Key> keys() {
        return Stream.of(
                        of(
                                Place.TOP,
                                "listen: [{address: 127.0.0.2}]",
                                "listen: [{port: 9999}]",
                                "listen: [{terse: true}]",
                                "listen: [{proxyProtocol: true}]",
                                "listen: [{h2c: true}]",
                                "listen: [{tls: {cert: CA, key: CA}}]",
                                "listen: [{tls: {cert: CA, key: CA, clientCa: CA, clientAuth: want}}]",
                                "listen: [{tls: {cert: CA, key: CA, clientCa: CA, clientAuth: need}}]",
                                "listen: [{tls: {cert: CA, key: CA, minVersion: \"1.3\"}}]",
                                "listen: [{tls: {cert: CA, key: CA, alpn: [h2]}}]",
                                "listen: [{tls: {cert: CA, key: CA, clientCa: CA, clientAuth: need, crl: CA}}]",
                                "listen: [{tls: {cert: CA, key: CA, clientCa: CA, clientAuth: need, crlUrl:"
                                        + " \"http://a/\"}}]",
                                "listen: [{tls: {cert: CA, key: CA, clientCa: CA, clientAuth: need, crl: CA,"
                                        + " crlPolicy: soft}}]",
                                "listen: [{}, {name: second, port: 9998}]",
                                "admin: {address: 127.0.0.2}",
                                "admin: {port: 9999}",
                                "admin: {identity: [legacy]}",
                                "trustedProxies: [192.0.2.0/24]",
                                "clientIp: {header: X-Real-IP}",
                                "limits: {requestLine: 4KiB}",
                                "limits: {headerBytes: 16KiB}",
                                "limits: {headerCount: 50}",
                                "limits: {body: 1MiB}",
                                "limits: {connections: 1000}",
                                "limits: {perIpConnections: 10}",
                                "limits: {strictHeaderNames: true}",
                                "limits: {rejectedCredentials: 10}",
                                "limits: {queryParameters: 10}",
                                "limits: {requestsPerConnection: 10}",
                                "limits: {chunkExtension: 16}",
                                "limits: {trailers: 1KiB}",
                                "limits: {heldBodies: 10%}",
                                "limits: {http2: {streams: 10}}",
                                "limits: {http2: {streamWindow: 128KiB}}",
                                "limits: {http2: {connectionWindow: 2MiB}}",
                                "limits: {http2: {resets: 10}}",
                                "limits: {http2: {resetsIn: 5s}}",
                                "limits: {concurrency: {start: 2000}}",
                                "limits: {concurrency: {least: 10}}",
                                "limits: {concurrency: {most: 2000}}",
                                "limits: {concurrency: {queueAge: 10ms}}",
                                "timeouts: {clientFirstByte: 1s}",
                                "timeouts: {clientStalled: 1s}",
                                "timeouts: {clientBodyGrace: 1s}",
                                "timeouts: {clientHeader: 1s}",
                                "timeouts: {clientBodyIdle: 1s}",
                                "timeouts: {clientBodyMinRate: 1B/s}",
                                "timeouts: {keepAliveIdle: 1s}",
                                "timeouts: {drain: 1s}",
                                "timeouts: {drainDelay: 1s}",
                                "compat: {plainJson: true}",
                                "compat: {responseTime: true}",
                                "securityHeaders: true",
                                "cors: {origins: [\"https://app.example.org\"]}",
                                "audit: {sink: file, file: audit.jsonl}",
                                "audit: {sink: otlp, endpoint: \"http://127.0.0.1:4318\"}",
                                "audit: {queue: 1000}",
                                "audit: {batch: 10}",
                                "audit: {flush: 1s}",
                                "audit: {onFull: shed}",
                                "audit: {spillDir: spill}",
                                "audit: {spillDir: spill, durable: true}",
                                "audit: {chain: true}",
                                "audit: {redactQuery: false}",
                                "audit: {pathLimit: 100}",
                                "metrics: {endpoint: \"http://127.0.0.1:4318\"}",
                                "metrics: {endpoint: \"http://127.0.0.1:4318\", every: 10s}"),
                        of(
                                Place.LIMIT,
                                "algorithm: fixed",
                                "algorithm: token-bucket, burst: 200",
                                "scope: shared",
                                "onStoreError: deny",
                                "cost: 2",
                                "keys: 1000"),
                        of(Place.TARGET, "weight: 5"),
                        of(
                                Place.UPSTREAM,
                                "balance: least-requests",
                                "hash: ip",
                                "tls: {ca: CA}",
                                "tls: {clientCert: CA, clientKey: CA}",
                                "tls: {verifyHost: false}",
                                "pool: {maxConnections: 10}",
                                "pool: {maxPending: 10}",
                                "pool: {idle: 1s}",
                                "timeout: {connect: 1s}",
                                "timeout: {firstByte: 1s}",
                                "timeout: {idle: 1s}",
                                "timeout: {total: 1s}",
                                "retry: {attempts: 3}",
                                "retry: {on: [502]}",
                                "retry: {methods: [GET]}",
                                "retry: {perTry: 1s}",
                                "retry: {budget: 10%}",
                                "retry: {backoff: 1ms..2ms}",
                                "hedge: {}",
                                "hedge: {after: 1s}",
                                "hedge: {methods: [GET]}",
                                "health: {}",
                                "health: {path: /ok}",
                                "health: {every: 1s}",
                                "health: {timeout: 1s}",
                                "health: {unhealthyAfter: 1}",
                                "health: {healthyAfter: 1}",
                                "health: {expect: 204}",
                                "breaker: {failures: 9}",
                                "breaker: {window: 9s}",
                                "breaker: {minRequests: 9}",
                                "breaker: {errorRate: 0.9}",
                                "breaker: {open: 9s}",
                                "breaker: {halfOpenProbes: 9}",
                                "breaker: {closeAfter: 9}",
                                "breaker: {countServerErrors: true}",
                                "protocol: http1",
                                "protocol: http2",
                                "panic: true"),
                        of(Place.MATCH, "hosts: [a.example]", "methods: [GET]", "headers: {X-Beta: \"1\"}"),
                        of(
                                Place.ROUTE,
                                "combine: all",
                                "maxVerifyAge: 0s",
                                "policy: [writer]",
                                "rateLimit: [per-user]",
                                "rateLimit: [per-user], cost: 2",
                                "limits: {body: 1KiB}",
                                "path: {strip: /a}",
                                "path: {add: /v2}",
                                "path: {replace: {regex: \"^/a\", with: /b}}",
                                "headers: {request: {set: {X-Env: prod}}}",
                                "headers: {request: {remove: [Cookie]}}",
                                "headers: {response: {set: {X-Env: prod}}}",
                                "headers: {response: {remove: [Server]}}",
                                "forwardAuthorization: true",
                                "preserveHost: true",
                                "userId: qualified",
                                "identityHeaders: [email]",
                                "identityHeaders: [scopes]",
                                "identityAssertion: {audience: users}",
                                "identityAssertion: {audience: users, ttl: 30s}",
                                "cors: {origins: [\"https://app.example.org\"]}",
                                "cors: {origins: [\"https://app.example.org\"]}, upgrade: [websocket]"),
                        Stream.of(
                                        "methods: [GET]",
                                        "headers: [X-A]",
                                        "expose: [X-A]",
                                        "credentials: true",
                                        "maxAge: 1s")
                                .map(text -> new Key(
                                        Place.ROUTE, "cors: {origins: [\"https://app.example.org\"], " + text + "}")))
                .flatMap(each -> each);
    }

    private static Stream<Key> of(Place place, String... texts) {
        return Stream.of(texts).map(text -> new Key(place, text));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void each_key_changes_what_is_configured_or_is_refused_by_its_name(Key key) {
        try {
            assertThat(read(file(key))).isNotEqualTo(read(file(new Key(Place.TOP, "audit: {}"))));
        } catch (ConfigError e) {
            assertThat(e).hasMessageMatching(".*gateway\\.yaml line [0-9]+: [^ ]*(" + key.names() + "): .*");
        }
    }

    @Test
    void the_same_file_means_the_same() {
        var base = file(new Key(Place.TOP, "audit: {}"));

        assertThat(read(base)).isEqualTo(read(base));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        TOP      | nonsense: 1                                   | nonsense
        TOP      | limits: {body: 1MB}                           | limits.body
        TOP      | limits: {headerCount: 0}                      | limits.headerCount
        TOP      | timeouts: {drain: 1}                          | timeouts.drain
        TOP      | timeouts: {drain: 5s, drain: 5s}              | drain
        TOP      | trustedProxies: [0.0.0.0/0]                   | trustedProxies
        TOP      | trustedProxies: [192.0.2.1/24]                | trustedProxies
        TOP      | trustedProxies: ["fe80::1%eth0/128"]          | trustedProxies
        TOP      | clientIp: {header: X-Mine}                    | clientIp.header
        TOP      | cors: {origins: ["*"], credentials: true}     | cors.origins
        TOP      | cors: {origins: ["https://a.example/"]}       | cors.origins
        TOP      | listen: [{name: a}, {name: a, port: 1}]       | name
        UPSTREAM | retry: {attempts: 0}                          | upstreams.users.retry.attempts
        UPSTREAM | retry: {on: [500]}                            | upstreams.users.retry.on
        UPSTREAM | breaker: {errorRate: 2}                       | upstreams.users.breaker.errorRate
        UPSTREAM | timeout: {connect: -1s}                       | upstreams.users.timeout.connect
        TARGET   | weight: -1                                    | weight
        ROUTE    | policy: [nobody]                              | routes[0].policy
        ROUTE    | rateLimit: [nobody]                           | routes[0].rateLimit
        ROUTE    | cost: 2                                       | routes[0].cost
        ROUTE    | rateLimit: [per-user], cost: 101              | routes[0].cost
        ROUTE    | headers: {request: {set: {X-User-ID: root}}}  | X-User-ID
        ROUTE    | headers: {request: {remove: [X-User-ID]}}     | routes[0].headers.request.remove
        ROUTE    | upgrade: [websocket]                          | routes[0].upgrade
        ROUTE    | upgrade: [h2c]                                | routes[0].upgrade
        ROUTE    | path: {replace: {regex: "(", with: /}}        | routes[0].path.replace.regex
        MATCH    | methods: [get]                                | routes[0].match.methods
        """)
    void what_cannot_be_meant_is_refused_with_its_place_and_key(Place place, String text, String key) {
        assertThatThrownBy(() -> read(file(new Key(place, text))))
                .isInstanceOf(ConfigError.class)
                .hasMessageMatching(
                        "(?s).*gateway\\.yaml line [0-9]+: .*" + Pattern.quote(key) + ".*\\(expected: .*\\)");
    }

    @ParameterizedTest
    @CsvSource({
        "http://169.254.169.254/",
        "http://[fd00:ec2::254]/",
        "http://100.100.100.200/",
        "http://224.0.0.1/",
        "http://0.0.0.0/",
        "http://[fe80::1]/",
        "http://user@a.example/",
        "http://a.example/?q",
        "http://a.example/#f",
        "ftp://a.example/",
        "file:///etc/passwd",
        "//a.example",
        "a.example",
        "http://a.example/../b"
    })
    void an_upstream_where_no_service_is_is_refused(String url) {
        var text = file(new Key(Place.TOP, "audit: {}")).replace("https://127.0.0.1:9", url);

        assertThatThrownBy(() -> read(text)).isInstanceOf(ConfigError.class).hasMessageContaining("url");
    }

    @Test
    void a_secret_is_never_written_into_the_file() {
        var text = file(new Key(Place.TOP, "audit: {}")).replace("${env:JWT_SECRET}", Tokens.SECRET);

        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("identity.legacy.secret")
                .hasMessageNotContaining(Tokens.SECRET);
    }

    private static Meaning read(String text) {
        try {
            var file = Files.writeString(directory.resolve("gateway.yaml"), text);
            var meaning = StartedApp.meaning(new Gateway(), file, directory, Map.of("JWT_SECRET", Tokens.SECRET));
            return new Meaning(((GatewayConfig) meaning.app()).settings(), meaning.edge());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String file(Key key) {
        var text = """
            identity:
              legacy: {type: jwt, issuer: none, audience: none, secret: "${env:JWT_SECRET}", algorithms: [HS256]}
            policies:
              writer: {any: [{role: admin}]}
            rateLimits:
              per-user: {limit: 100, window: 60s, key: [principal]<LIMIT>}
            upstreams:
              users: {targets: [{url: "https://127.0.0.1:9"<TARGET>}]<UPSTREAM>}
            routes:
              - {id: users, match: {path: /<MATCH>}, identity: [legacy], upstream: users<ROUTE>}
            <TOP>
            """;
        for (var place : Place.values()) {
            var put = place == key.place() ? (place == Place.TOP ? "" : ", ") + key.text() : "";
            text = text.replace(
                    "<" + place + ">",
                    put.replace("CA", directory.resolve("authority.pem").toString()));
        }
        return text;
    }
}
