package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.Revocation;
import io.triport.domain.identity.RevocationKey;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.identity.Secret;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Method;
import io.triport.domain.request.RawTarget;
import io.triport.domain.time.Randomness;
import io.triport.gateway.problem.Problem;
import io.triport.identity.launch.Surroundings;
import io.triport.identity.signed.RequestSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every error that the gateway answers with, as its page says it: status, code, words, and fields. */
@ExtendWith(LeakWatch.class)
final class ProblemsTest {
    private static final String NO_TOKEN = "Missing or invalid Authorization header";
    private static final String BAD_TOKEN = "Token validation failed";
    private static final String GUESSING = "X-Forwarded-For: 198.51.100.9\nAuthorization: Bearer a.b.c\n";
    private static final String BILLING = "a secret of billing, thirty-two bytes";

    /** After these the connection ends: what comes next on it could be anything, or would have to be read to be thrown away. */
    private static final Set<Problem> CLOSING = EnumSet.of(
            Problem.BAD_REQUEST,
            Problem.BAD_HEADER,
            Problem.BAD_FRAMING,
            Problem.BODY_TOO_LARGE,
            Problem.TARGET_TOO_LONG,
            Problem.HEADERS_TOO_LARGE,
            Problem.EXPECTATION_FAILED);

    /** Shown where it takes more than this gateway, each by {@link Refused} too. */
    private static final Set<Problem> ELSEWHERE = EnumSet.of(
            Problem.AUDIT_BACKPRESSURE, // LateRefusalTest
            Problem.CLIENT_TIMEOUT, // FrontTest
            Problem.ACCESS_INVALID, // CredentialsTest
            Problem.POOL_EXHAUSTED, // FrontTest
            Problem.INVALID_TOKEN, // FrontTest
            Problem.OVERLOADED, // RareProblemsTest
            Problem.INTERNAL, // RareProblemsTest
            Problem.TOKEN_KEY_UNKNOWN, // KeyServerTest
            Problem.DRAINING); // WholeKeysTest

    @TempDir
    private static Path directory;

    private static Upstream upstream;
    private static GatewayUnderTest gateway;

    /** One way to an error. */
    record Case(Problem problem, String error, Supplier<String> request) {
        @Override
        public String toString() {
            return problem.code();
        }
    }

    @BeforeAll
    static void start() throws IOException {
        var authority = directory.resolve("ca.pem");
        try (var pem = ProblemsTest.class.getResourceAsStream("/authority.pem")) {
            Files.write(authority, pem.readAllBytes());
        }
        upstream = Upstream.doing((request, socket) -> {
            var line = request.line();
            if (line.contains("garbage")) {
                Upstream.write(socket, "garbage\r\n\r\n");
            } else if (line.contains("reset")) {
                Upstream.reset(socket);
            } else if (!line.contains("never")) {
                Upstream.write(socket, Upstream.ok("hello"));
            }
        });
        gateway = GatewayUnderTest.start(
                file(upstream.url(), authority),
                Map.of("JWT_SECRET", Tokens.SECRET, "BILLING", BILLING),
                Surroundings.real().sharing(new AwayLimiter()));
        gateway.bean(RevocationList.class)
                .revoke(Revocation.of(
                        new RevocationKey.Holder(new Issuer("seed"), new Subject("revoked")),
                        Instant.now(Clock.systemUTC()).plus(Duration.ofHours(1))));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    static List<Case> cases() {
        return List.of(
                new Case(Problem.BAD_REQUEST, "Bad request", () -> get("/many?" + "a&".repeat(300), "")),
                new Case(Problem.BAD_PATH, "Bad request path", () -> get("/open/%2e%2e/x", "")),
                new Case(Problem.BAD_HEADER, "Bad request header", () -> get("/open", "TE: gzip\n")),
                new Case(Problem.BAD_REQUEST, "Bad request", () -> get("/open", "Host: b\n")),
                new Case(
                        Problem.BAD_HEADER,
                        "Bad request header",
                        () -> get("/open", "TE: trailers\nTE: trailers, deflate\n")),
                new Case(
                        Problem.BAD_FRAMING,
                        "Malformed HTTP request",
                        () -> get("/open", "Content-Length: 0\nContent-Length: 0\n")),
                new Case(
                        Problem.CREDENTIAL_MISPLACED,
                        "Credential where none may be",
                        () -> get("/queried?token=" + Tokens.signed(claims("ann", ""), Tokens.SECRET), "")),
                new Case(Problem.TOO_MANY_FAILURES, "Too many rejected credentials", () -> {
                    for (var i = 0; i < 60; i++) {
                        assertThat(gateway.send(get("/token", GUESSING)).status())
                                .isEqualTo(401);
                    }
                    return get("/token", GUESSING);
                }),
                new Case(
                        Problem.IDENTITY_UNFORWARDABLE,
                        "Identity cannot be forwarded",
                        () -> get("/token", bearer(claims("\\u00fc".repeat(200), "")))),
                new Case(Problem.UPSTREAM_TLS, "Upstream cannot be trusted", () -> get("/untrusted", "")),
                new Case(Problem.CIRCUIT_OPEN, "Upstream is not available", () -> {
                    assertThat(gateway.send(get("/fragile", "")).status()).isEqualTo(502);
                    return get("/fragile", "");
                }),
                new Case(
                        Problem.AMBIGUOUS_CREDENTIALS,
                        "Ambiguous credentials",
                        () -> get("/token", bearer(claims("ann", "")) + bearer(claims("root", "")))),
                new Case(Problem.NO_CREDENTIALS, NO_TOKEN, () -> get("/token", "")),
                new Case(Problem.TOKEN_MALFORMED, BAD_TOKEN, () -> get("/token", "Authorization: Bearer a.b.c\n")),
                new Case(
                        Problem.TOKEN_SIGNATURE,
                        "Invalid token signature",
                        () -> get(
                                "/token", "Authorization: Bearer " + Tokens.signed(claims("ann", ""), BILLING) + "\n")),
                new Case(
                        Problem.TOKEN_EXPIRED,
                        "Token expired",
                        () -> get(
                                "/token",
                                bearer("{\"iss\":\"seed\",\"aud\":\"api\",\"sub\":\"ann\",\"exp\":1000000000}"))),
                new Case(
                        Problem.TOKEN_NOT_YET_VALID,
                        BAD_TOKEN,
                        () -> get("/token", bearer(claims("ann", ",\"nbf\":4102444799")))),
                new Case(
                        Problem.TOKEN_ISSUER,
                        BAD_TOKEN,
                        () -> get("/token", bearer(claims("ann", "").replace("seed", "other")))),
                new Case(
                        Problem.TOKEN_AUDIENCE,
                        BAD_TOKEN,
                        () -> get("/token", bearer(claims("ann", "").replace("api", "other")))),
                new Case(
                        Problem.TOKEN_ALGORITHM,
                        BAD_TOKEN,
                        () -> get("/token", "Authorization: Bearer eyJhbGciOiJSUzI1NiJ9.e30.AAAA\n")),
                new Case(Problem.KEY_UNKNOWN, BAD_TOKEN, () -> get("/key", "X-API-Key: tp_live_nobody\n")),
                new Case(Problem.KEY_REVOKED, BAD_TOKEN, () -> get("/token", bearer(claims("revoked", "")))),
                new Case(
                        Problem.SIGNATURE_MISMATCH,
                        "Invalid signature",
                        () -> signed(Clock.systemUTC(), "/signed")
                                .replace("GET", "HEAD")
                                .replace("HEAD", "PUT")),
                new Case(
                        Problem.SIGNATURE_STALE,
                        BAD_TOKEN,
                        () -> signed(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-5)), "/signed")),
                new Case(Problem.NONCE_REPLAYED, BAD_TOKEN, () -> {
                    var request = signed(Clock.systemUTC(), "/signed");
                    assertThat(gateway.send(request).status()).isEqualTo(200);
                    return request;
                }),
                new Case(Problem.CERT_UNTRUSTED, BAD_TOKEN, () -> get("/peer", "Client-Cert: :AAAA:\n")),
                new Case(
                        Problem.SESSION_INVALID, BAD_TOKEN, () -> get("/browser", "Cookie: __Host-session=v1.a.b.c\n")),
                new Case(Problem.POLICY_DENIED, "Access denied", () -> get("/admin", bearer(claims("ann", "")))),
                new Case(Problem.IP_DENIED, "Access denied", () -> get("/office", "")),
                new Case(
                        Problem.CORS_DENIED,
                        "Origin not allowed",
                        () -> get("/page", "Origin: https://evil.example\nAccess-Control-Request-Method: GET\n")
                                .replace("GET /", "OPTIONS /")),
                new Case(Problem.NO_ROUTE, "Route not found", () -> get("/elsewhere", "")),
                new Case(
                        Problem.METHOD_NOT_ALLOWED,
                        "Method not allowed",
                        () -> get("/token", "").replace("GET", "DELETE")),
                new Case(
                        Problem.BODY_TOO_LARGE,
                        "Request body too large",
                        () -> get("/open", "Content-Length: 1025\n").replace("GET", "PUT")),
                new Case(Problem.TARGET_TOO_LONG, "Request target too long", () -> get("/" + "a".repeat(9000), "")),
                new Case(
                        Problem.HEADERS_TOO_LARGE,
                        "Header section too large",
                        () -> get("/open", "X: 1\n".repeat(100))),
                new Case(
                        Problem.EXPECTATION_FAILED, "Expectation not supported", () -> get("/open", "Expect: magic\n")),
                new Case(
                        Problem.UPGRADE_NOT_ALLOWED,
                        "Upgrade not allowed",
                        () -> get("/open", "Connection: Upgrade\nUpgrade: websocket\n")),
                new Case(Problem.RATE_LIMITED, "Rate limit exceeded", () -> {
                    assertThat(gateway.send(get("/once", "")).status()).isEqualTo(200);
                    return get("/once", "");
                }),
                new Case(Problem.UPSTREAM_UNREACHABLE, "Upstream cannot be reached", () -> get("/nowhere", "")),
                new Case(Problem.UPSTREAM_PROTOCOL, "Upstream answered no HTTP", () -> get("/open/garbage", "")),
                new Case(Problem.UPSTREAM_RESET, "Upstream closed the connection", () -> get("/open/reset", "")),
                new Case(Problem.UPSTREAM_TIMEOUT, "Upstream took too long", () -> get("/slow/never", "")),
                new Case(
                        Problem.IDENTITY_UNAVAILABLE,
                        "Identity cannot be verified now",
                        () -> get(
                                "/idp",
                                "Authorization: Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6ImEifQ.e30." + "A".repeat(342)
                                        + "\n")),
                new Case(Problem.LIMITER_UNAVAILABLE, "Limits cannot be checked now", () -> get("/shared", "")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void each_is_as_its_page_says(Case way) {
        var problem = way.problem();

        var reply = gateway.send(way.request().get());

        Refused.as(reply, problem, way.error());
        assertThat(reply.fields("connection")).isEqualTo(CLOSING.contains(problem) ? List.of("close") : List.of());
        if (reply.field("www-authenticate").startsWith("Bearer")) {
            assertThat(reply.field("www-authenticate"))
                    .isEqualTo(
                            problem == Problem.NO_CREDENTIALS
                                    ? "Bearer realm=\"gateway\""
                                    : "Bearer realm=\"gateway\", error=\"invalid_token\"");
        }
    }

    @Test
    void none_is_forgotten() {
        var shown = cases().stream().map(Case::problem).collect(Collectors.toSet());
        shown.addAll(ELSEWHERE);

        assertThat(Arrays.asList(Problem.values())).containsExactlyInAnyOrderElementsOf(shown);
    }

    @Test
    void each_mechanism_of_a_route_has_a_challenge_of_its_own() {
        assertThat(gateway.send(get("/both", "")).fields("www-authenticate"))
                .containsExactly("Bearer realm=\"gateway\"", "hmac-request realm=\"gateway\"");
    }

    @Test
    void letters_of_a_name_that_no_field_has_are_encoded() {
        var before = upstream.seen().size();
        assertThat(gateway.send(get("/token", bearer(claims("J\\u00fcrgen 100%", ""))))
                        .status())
                .isEqualTo(200);
        var seen = upstream.seen().get(before);
        assertThat(seen.fields("x-user-id")).containsExactly("J%c3%bcrgen%20100%25");
        assertThat(seen.fields("x-identity-encoding")).containsExactly("pct");
    }

    @Test
    void an_answer_to_head_has_no_body() {
        var reply = gateway.connect()
                .send(get("/elsewhere", "").replace("GET", "HEAD"))
                .reply("HEAD");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.field("content-type")).isEqualTo("application/problem+json");
    }

    private static String get(String path, String fields) {
        return "GET " + path + " HTTP/1.1\nHost: a\n" + fields + "\n";
    }

    private static String bearer(String claims) {
        return "Authorization: Bearer " + Tokens.signed(claims, Tokens.SECRET) + "\n";
    }

    private static String claims(String subject, String more) {
        return "{\"iss\":\"seed\",\"aud\":\"api\",\"sub\":\"" + subject + "\",\"exp\":4102444800" + more + "}";
    }

    private static String signed(Clock clock, String path) {
        var key = new RequestSigner.ClientKey.Shared(Secret.of(BILLING));
        var signer = new RequestSigner("billing", key, clock, Randomness.system());
        var fields = new StringBuilder();
        signer.headers(Method.GET, RawTarget.parse(path), Bytes.EMPTY)
                .forEach((name, value) ->
                        fields.append(name).append(": ").append(value).append('\n'));
        return get(path, fields.toString());
    }

    private static String file(String url, Path authority) {
        return """
            trustedProxies: [127.0.0.1/32]
            identity:
              anyone: {type: public}
              legacy: {type: jwt, issuer: seed, audience: [api], secret: "${env:JWT_SECRET}", algorithms: [HS256]}
              queried: {type: jwt, issuer: seed, audience: [api], secret: "${env:JWT_SECRET}", algorithms: [HS256], query: token, onlyUpgrade: true}
              idp: {type: jwt, issuer: idp, audience: [api], jwks: "http://127.0.0.1:1/keys", insecure: true}
              keys: {type: api-key, pepper: ["${env:JWT_SECRET}"]}
              signed: {type: hmac-request, keys: {billing: {secrets: ["${env:BILLING}"]}}}
              browser: {type: session, keys: ["${env:JWT_SECRET}"]}
              peer: {type: mtls, clientCa: "%s", forwarded: {header: client-cert, from: [192.0.2.1/32]}}
            policies:
              admins: {any: [{role: admin}]}
              office: {ip: {allow: [192.0.2.0/24]}}
            rateLimits:
              once: {limit: 1, window: 60s, key: [global]}
              shared: {limit: 10, window: 60s, key: [global], scope: shared, onStoreError: deny}
            upstreams:
              users:
                targets: [{url: "%s"}]
                retry: {attempts: 1}
                breaker: {failures: 100, minRequests: 100}
              slow: {targets: [{url: "%s"}], timeout: {firstByte: 100ms}, retry: {attempts: 1}}
              nowhere: {targets: [{url: "http://127.0.0.1:1"}], retry: {attempts: 1}}
              fragile: {targets: [{url: "http://127.0.0.1:1"}], retry: {attempts: 1}, breaker: {failures: 1, minRequests: 1}}
              untrusted: {targets: [{url: "%s"}], retry: {attempts: 1}}
            routes:
              - {id: open, match: {path: /open}, identity: [anyone], limits: {body: 1KiB}, upstream: users}
              - {id: token, match: {path: /token, methods: [GET]}, identity: [legacy], upstream: users}
              - {id: queried, match: {path: /queried}, identity: [queried], upstream: users}
              - {id: key, match: {path: /key}, identity: [keys], upstream: users}
              - {id: signed, match: {path: /signed}, identity: [signed], upstream: users}
              - {id: both, match: {path: /both}, identity: [legacy, keys, signed], upstream: users}
              - {id: browser, match: {path: /browser}, identity: [browser], upstream: users}
              - {id: peer, match: {path: /peer}, identity: [peer], upstream: users}
              - {id: idp, match: {path: /idp}, identity: [idp], upstream: users}
              - {id: admin, match: {path: /admin}, identity: [legacy], policy: [admins], upstream: users}
              - {id: office, match: {path: /office}, identity: [anyone], policy: [office], upstream: users}
              - {id: page, match: {path: /page}, identity: [anyone], cors: {origins: ["https://app.example.org"]}, upstream: users}
              - {id: once, match: {path: /once}, identity: [anyone], rateLimit: [once], upstream: users}
              - {id: shared, match: {path: /shared}, identity: [anyone], rateLimit: [shared], upstream: users}
              - {id: slow, match: {path: /slow}, identity: [anyone], upstream: slow}
              - {id: nowhere, match: {path: /nowhere}, identity: [anyone], upstream: nowhere}
              - {id: fragile, match: {path: /fragile}, identity: [anyone], upstream: fragile}
              - {id: untrusted, match: {path: /untrusted}, identity: [anyone], upstream: untrusted}
              - {id: many, match: {path: /many}, identity: [anyone], upstream: users}
            """.formatted(authority, url, url, url.replace("http:", "https:"));
    }
}
