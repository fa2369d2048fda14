package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.LimitAlgorithm;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.StoreLoss;
import io.triport.gateway.audit.AuditSettings;
import io.triport.gateway.config.Backoff;
import io.triport.gateway.config.ClientSettings;
import io.triport.gateway.config.GatewaySettings;
import io.triport.gateway.config.StatusRange;
import io.triport.gateway.config.UpstreamSettings;
import io.triport.identity.connection.EdgeLimits;
import io.triport.identity.launch.Launch;
import io.triport.identity.launch.StartedApp;
import io.triport.identity.launch.UsualFile;
import io.triport.identity.signer.PrivateKeyPem;
import io.triport.identity.signer.SigningAlgorithm;
import io.triport.testkit.TlsAuthority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file with every section is taken, one with next to nothing means what is documented, and both are explained. */
final class WholeFileTest {
    @TempDir
    private Path directory;

    private StartedApp.Meaning read(String text) throws IOException {
        var file = Files.writeString(directory.resolve("gateway.yaml"), text);
        var environment = Map.of("JWT_SECRET", Tokens.SECRET, "SIGNER", PrivateKeyPem.generate(SigningAlgorithm.ES256));
        return StartedApp.meaning(new Gateway(), file, directory, environment);
    }

    /** The sketch of the specification, with a signer for its assertion and a pepper for its keys. */
    private String sketch() throws IOException {
        var authority = new TlsAuthority();
        var own = authority.issue("CN=gateway");
        var list = authority.crl(directory.resolve("list.crl"), Instant.parse("2100-01-01T00:00:00Z"));
        return """
            listen:
              - {name: public, address: 127.0.0.1, port: 8804}
              - {name: tls, address: 0.0.0.0, port: 8443, tls: {cert: CERT, key: KEY, clientCa: CA, clientAuth: want, minVersion: "1.2", alpn: [h2, http/1.1], crl: LIST}}
            admin: {address: 127.0.0.1, port: 8814, identity: [access]}
            trustedProxies: [127.0.0.1/32, "10.0.0.0/8"]
            clientIp: {header: X-Forwarded-For}
            limits: {requestLine: 8KiB, headerBytes: 32KiB, headerCount: 100, body: 10MiB, connections: 10000, perIpConnections: 256}
            timeouts: {clientHeader: 10s, clientBodyIdle: 15s, clientBodyMinRate: 240B/s, keepAliveIdle: 60s, drain: 25s}
            signer: {issuer: "https://gateway.example", keys: {k1: {key: "${env:SIGNER}"}}}
            identity:
              access:  {type: access-jwt, teamDomain: acme.example, audience: [aud1]}
              idp:     {type: jwt, issuer: https://idp.example, jwks: https://idp.example/keys, audience: [api], algorithms: [RS256, ES256, EdDSA]}
              legacy:  {type: jwt, issuer: seed, secret: "${env:JWT_SECRET}", algorithms: [HS256], audience: [api]}
              keys:    {type: api-key, store: keys-table, pepper: ["${env:JWT_SECRET}"]}
              peer:    {type: mtls, clientCa: CA}
              anyone:  {type: public}
            rateLimits:
              per-user: {algorithm: sliding-window, limit: 100, window: 60s, key: [principal], scope: shared, onStoreError: local}
              burst:    {algorithm: token-bucket, limit: 20, window: 1s, burst: 40, key: [ip]}
            policies:
              admins: {all: [{emailIn: [root@acme.example]}, {claim: groups, contains: admins}]}
              writer: {any: [{scope: orders.write}, {role: admin}]}
              office: {ip: {allow: ["203.0.113.0/24", "2001:db8::/32"], deny: ["203.0.113.7"]}}
            upstreams:
              users:
                targets: [{url: https://users-service.internal, weight: 90}, {url: https://users-canary.internal, weight: 10}]
                balance: round-robin
                tls: {ca: CA, clientCert: CERT, clientKey: KEY, verifyHost: true}
                pool: {maxConnections: 256, maxPending: 1024, idle: 60s}
                timeout: {connect: 2s, firstByte: 15s, idle: 30s, total: 60s}
                retry: {attempts: 2, on: [connect-error, reset-before-response, 502, 503, 504], methods: [GET, HEAD, OPTIONS, PUT, DELETE], perTry: 15s, budget: 20%, backoff: 25ms..250ms}
                hedge: {after: 200ms, max: 1, methods: [GET, HEAD]}
                health: {path: /health, every: 10s, timeout: 2s, unhealthyAfter: 3, healthyAfter: 2, expect: 200-299}
                breaker: {failures: 5, window: 30s, minRequests: 5, errorRate: 0.5, open: 30s, halfOpenProbes: 1, closeAfter: 2}
            routes:
              - id: users
                match: {hosts: ["api.example.org", "*.example.org"], path: /api/v1/users, methods: [GET, POST], headers: {X-Beta: "1"}}
                identity: [access, idp]
                policy: [writer, office]
                rateLimit: [per-user, burst]
                limits: {body: 1MiB}
                path: {strip: /api/v1/users, add: /v2, replace: {regex: "^/old/(.*)$", with: "/new/$1"}}
                headers: {request: {set: {X-Env: prod}, remove: [Cookie]}, response: {set: {}, remove: [Server]}}
                forwardAuthorization: false
                identityAssertion: {audience: users, ttl: 60s}
                cors: {origins: ["https://app.example.org"], methods: [GET, POST], headers: [Authorization, Content-Type], expose: [], credentials: false, maxAge: 600s}
                upgrade: [websocket]
                upstream: users
            audit: {sink: sql, queue: 10000, batch: 500, flush: 200ms, onFull: spill, spillDir: d, redactQuery: true, pathLimit: 2048}
            """.replace("CERT", own.certFile(directory.resolve("cert.pem")).toString())
                .replace("clientKey: KEY", "clientKey: " + directory.resolve("key.pem"))
                .replace("key: KEY", "key: " + own.keyFile(directory.resolve("key.pem")))
                .replace("CA,", authority.file(directory.resolve("ca.pem")) + ",")
                .replace("CA}", directory.resolve("ca.pem") + "}")
                .replace("LIST", list.toString());
    }

    @Test
    void the_sketch_of_all_keys_is_taken_and_its_route_explained_with_all_that_counts() throws IOException {
        var meaning = read(sketch());

        assertThat(meaning.app().warnings()).isEmpty();
        assertThat(meaning.app().explained())
                .containsExactly("route users: api.example.org *.example.org /api/v1/users GET POST with {x-beta=1},"
                        + " identity access (access-jwt), idp (jwt) agree, policies writer and office,"
                        + " limits per-user (100 in 1m, sliding-window, by principal, shared),"
                        + " burst (20 in 1s, burst 40, token-bucket, by ip, local),"
                        + " body at most 1MiB, to users with an assertion for users, WebSocket");
    }

    @Test
    void a_variable_names_the_file_where_the_command_does_not() throws IOException {
        var file = Files.writeString(directory.resolve("other.yaml"), "nonsense: 1\n");
        var said = new ByteArrayOutputStream();
        var launch = new Launch(
                new Gateway(),
                Map.of("TRIPORT_GATEWAY_CONFIG", file.toString()),
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(said, true, StandardCharsets.UTF_8));

        assertThat(launch.run(List.of("--data", directory.toString()))).isEqualTo(Launch.BAD_CONFIGURATION);

        assertThat(said.toString(StandardCharsets.UTF_8)).contains("other.yaml");
        assertThat(new Gateway().usualFile()).contains(new UsualFile("TRIPORT_GATEWAY_CONFIG", "gateway.yaml"));
    }

    @Test
    void what_an_operator_should_know_is_warned_of() throws IOException {
        var meaning = read("""
            identity:
              anyone: {type: public}
              legacy: {type: jwt, issuer: none, audience: none, secret: "${env:JWT_SECRET}", algorithms: [HS256]}
            rateLimits:
              lax: {limit: 9, window: 1s, key: [route, "header:X-A"], cost: "header:X-Cost", scope: shared, onStoreError: allow}
            upstreams:
              users: {targets: [{url: "https://127.0.0.1:9"}], tls: {verifyHost: false}}
            routes:
              - {id: open, match: {path: /open}, identity: [anyone], rateLimit: [lax], upstream: users}
              - {id: dear, match: {path: /dear}, identity: [legacy], rateLimit: [lax], cost: 3, upstream: users}
              - {id: all, match: {path: /x}, identity: [legacy], upstream: users}
              - {id: read, match: {path: /x, methods: [GET]}, identity: [legacy], upstream: users}
            """);

        assertThat(meaning.app().warnings())
                .containsExactlyInAnyOrder(
                        "route open is public: it needs no credential",
                        "limit lax does not limit while its store is away",
                        "upstream users does not verify that a certificate is for its host",
                        "route read is never taken: all takes all of its requests");
        assertThat(meaning.app().explained())
                .contains(
                        "route open: any host /open any method, identity anyone (public) agree, policies none,"
                                + " limits lax (9 in 1s, sliding-window, by route and header:X-A, cost header:X-Cost,"
                                + " shared), body at most 10MiB, to users",
                        "route dear: any host /dear any method, identity legacy (jwt) agree, policies none,"
                                + " limits lax (9 in 1s, sliding-window, by route and header:X-A, cost 3, shared),"
                                + " body at most 10MiB, to users");
    }

    @Test
    void what_is_left_out_is_as_documented() throws IOException {
        var meaning = read("""
            identity:
              anyone: {type: public}
            rateLimits:
              one: {limit: 7, window: 60s, key: [ip]}
            upstreams:
              users: {targets: [{url: "http://127.0.0.1:9"}]}
              asked: {targets: [{url: "http://127.0.0.1:9"}], hedge: {}, health: {}}
            routes:
              - {id: users, match: {path: /}, identity: [anyone], upstream: users}
            """);

        var settings = ((GatewayConfig) meaning.app()).settings();
        assertThat(settings.addresses().listeners()).singleElement().satisfies(listener -> {
            assertThat(listener.name()).isEqualTo("public");
            assertThat(listener.url()).isEqualTo("http://127.0.0.1:8804");
            assertThat(listener.proxied()).isFalse();
            assertThat(listener.priorKnowledge()).isFalse();
        });
        assertThat(settings.addresses().admin().url()).isEqualTo("http://127.0.0.1:8814");
        assertThat(settings.addresses().terse()).isFalse();
        assertThat(settings.administrators()).isEmpty();
        assertThat(settings.client().trusted()).isEmpty();
        assertThat(settings.client().header()).isEqualTo(ClientSettings.Header.X_FORWARDED_FOR);
        assertThat(settings.signer()).isNull();
        assertThat(settings.traces()).isNull();
        assertThat(settings.metrics()).isNull();
        front(settings);
        edge(meaning.edge().limits());
        route(settings);
        limit(settings);
        upstreams(settings);
        audit(settings.audit());
    }

    private static void front(GatewaySettings settings) {
        var front = settings.front();
        assertThat(front.limits().body()).isEqualTo(ByteSize.ofMiB(10));
        assertThat(front.limits().strictHeaderNames()).isFalse();
        assertThat(front.limits().rejectedPerMinute()).isEqualTo(60);
        assertThat(front.timeouts().drain()).isEqualTo(Duration.ofSeconds(25));
        assertThat(front.timeouts().drainDelay()).isEqualTo(Duration.ofSeconds(2));
        assertThat(front.compat().plainJson()).isFalse();
        assertThat(front.compat().responseTime()).isFalse();
        assertThat(front.compat().accessStatus()).isFalse();
        assertThat(front.securityHeaders()).isFalse();
    }

    private static void edge(EdgeLimits limits) {
        assertThat(limits.head()).isEqualTo(new EdgeLimits.Head(ByteSize.ofKiB(8), ByteSize.ofKiB(32), 100, 200));
        assertThat(limits.body().extension()).isEqualTo(ByteSize.ofBytes(256));
        assertThat(limits.body().trailers()).isEqualTo(ByteSize.ofKiB(8));
        assertThat(limits.body().held()).isEqualTo(25);
        assertThat(limits.streams())
                .isEqualTo(new EdgeLimits.Streams(
                        100, ByteSize.ofKiB(64), ByteSize.ofMiB(1), 200, Duration.ofSeconds(10)));
        assertThat(limits.work()).isEqualTo(new EdgeLimits.Work(1_024, 1_024, 10_000, Duration.ofMillis(50)));
        assertThat(limits.connections()).isEqualTo(new EdgeLimits.Connections(10_000, 256, 1_000));
        assertThat(limits.patience().firstByte()).isEqualTo(Duration.ofSeconds(10));
        assertThat(limits.patience().head()).isEqualTo(Duration.ofSeconds(10));
        assertThat(limits.patience().keepAlive()).isEqualTo(Duration.ofSeconds(60));
        assertThat(limits.patience().stalledReply()).isEqualTo(Duration.ofSeconds(30));
        assertThat(limits.pace().idle()).isEqualTo(Duration.ofSeconds(15));
        assertThat(limits.pace().perSecond()).isEqualTo(ByteSize.ofBytes(240));
        assertThat(limits.pace().grace()).isEqualTo(Duration.ofSeconds(10));
    }

    private static void route(GatewaySettings settings) {
        var route = settings.routes().getFirst();
        assertThat(route.maxVerifyAge()).isEqualTo(Duration.ofSeconds(60));
        assertThat(route.policies()).isEmpty();
        assertThat(route.limits()).isEmpty();
        assertThat(route.cost()).isZero();
        assertThat(route.bodyLimit()).isEqualTo(ByteSize.ofMiB(10));
        assertThat(route.forwarding().authorization()).isFalse();
        assertThat(route.forwarding().host()).isFalse();
        assertThat(route.forwarding().email()).isFalse();
        assertThat(route.forwarding().scopes()).isFalse();
        assertThat(route.forwarding().assertion()).isNull();
        assertThat(route.cors()).isNull();
        assertThat(route.webSocket()).isFalse();
    }

    private static void limit(GatewaySettings settings) {
        var one = Objects.requireNonNull(settings.limits().get("one"));
        assertThat(one.limit().algorithm()).isEqualTo(LimitAlgorithm.SLIDING_WINDOW);
        assertThat(one.limit().scope()).isEqualTo(LimitScope.LOCAL);
        assertThat(one.limit().storeLoss()).isEqualTo(StoreLoss.LOCAL);
        assertThat(one.limit().burst()).isEqualTo(7);
        assertThat(one.cost().units()).isEqualTo(1);
        assertThat(one.keys()).isEqualTo(1_000_000);
    }

    private static void upstreams(GatewaySettings settings) {
        var users = Objects.requireNonNull(settings.upstreams().get("users"));
        assertThat(users.targets().getFirst().weight()).isEqualTo(1);
        assertThat(users.balance()).isEqualTo(UpstreamSettings.Balance.ROUND_ROBIN);
        assertThat(users.hash()).isEqualTo("principal");
        assertThat(users.tls().verifyHost()).isTrue();
        assertThat(users.pool()).isEqualTo(new UpstreamSettings.Pool(256, 1_024, Duration.ofSeconds(60)));
        assertThat(users.timeout())
                .isEqualTo(new UpstreamSettings.Timeouts(
                        Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofSeconds(60)));
        assertThat(users.retry())
                .isEqualTo(new UpstreamSettings.Retry(
                        2,
                        Set.of(UpstreamSettings.RetryOn.values()),
                        Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE"),
                        Duration.ofSeconds(15),
                        0.2,
                        new Backoff(Duration.ofMillis(25), Duration.ofMillis(250))));
        assertThat(users.hedge()).isNull();
        assertThat(users.health()).isNull();
        assertThat(users.panic()).isFalse();
        assertThat(users.protocol()).isEqualTo(UpstreamSettings.Protocol.AUTO);
        assertThat(users.breaker())
                .isEqualTo(new UpstreamSettings.Breaker(
                        5, Duration.ofSeconds(30), 5, 0.5, Duration.ofSeconds(30), 1, 2, false));
        var asked = Objects.requireNonNull(settings.upstreams().get("asked"));
        assertThat(asked.hedge())
                .isEqualTo(new UpstreamSettings.Hedge(Duration.ofMillis(200), 1, Set.of("GET", "HEAD")));
        assertThat(asked.health())
                .isEqualTo(new UpstreamSettings.Health(
                        "/health", Duration.ofSeconds(10), Duration.ofSeconds(2), 3, 2, new StatusRange(200, 299)));
    }

    private static void audit(AuditSettings audit) {
        assertThat(audit)
                .isEqualTo(new AuditSettings(
                        AuditSettings.Sink.SQL,
                        "",
                        10_000,
                        500,
                        Duration.ofMillis(200),
                        AuditSettings.OnFull.BLOCK,
                        "",
                        false,
                        false,
                        true,
                        2_048));
    }
}
