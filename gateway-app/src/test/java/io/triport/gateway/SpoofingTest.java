package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client says of itself never reaches the upstream as the gateway's word (reliability.md S4 to S7). */
@ExtendWith(LeakWatch.class)
final class SpoofingTest {
    private static final String EVIL = "203.0.113.66";

    private static Upstream upstream;
    private static GatewayUnderTest gateway;

    private int before;

    @BeforeAll
    static void start() {
        upstream = Upstream.answering(Upstream.ok("hello"));
        gateway = GatewayUnderTest.start(
                file(upstream.url()), Map.of("JWT_SECRET", Tokens.SECRET, "PEPPER", Tokens.SECRET));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
    }

    @BeforeEach
    void count() {
        before = upstream.seen().size();
    }

    /** Requests of this test that reached the upstream. */
    private List<Upstream.Request> seen() {
        return upstream.seen().subList(before, upstream.seen().size());
    }

    /** In every spelling that some server takes for the same name. */
    static Stream<String> spellings() {
        return Stream.of(
                        "X-User-ID",
                        "X-User-Role",
                        "X-User-Email",
                        "X-User-Scopes",
                        "X-Auth-Mechanism",
                        "X-Identity-Assertion",
                        "X-Identity-Encoding",
                        "X-Client-Cert",
                        "X-Client-Cert-Subject",
                        "X-Request-ID",
                        "X-Retry-Count",
                        "X-API-Key",
                        "Cf-Access-Jwt-Assertion",
                        "Cf-Access-Authenticated-User-Email",
                        "Cf-Access-Client-Secret",
                        "CF-Connecting-IP",
                        "X-Real-IP",
                        "Forwarded",
                        "X-Forwarded-For",
                        "X-Forwarded-Proto",
                        "X-Forwarded-Host",
                        "X-Forwarded-Port",
                        "X-Forwarded-Client-Cert",
                        "Client-Cert",
                        "Client-Cert-Chain",
                        "Cf-Client-Cert-Der-Base64",
                        "Cf-Client-Cert-Sha256")
                .flatMap(name -> Stream.of(
                                name,
                                name.toLowerCase(Locale.ROOT),
                                name.toUpperCase(Locale.ROOT),
                                name.replace('-', '_'),
                                name.replace('-', '.'),
                                name.replaceFirst("-", "_"),
                                name.replaceFirst("-", "!").replace('-', '~'))
                        .distinct());
    }

    @Test
    void no_spelling_of_an_identity_or_forwarding_field_gets_through() {
        try (var client = gateway.connect()) {
            for (var name : spellings().toList()) {
                for (var path : List.of("/public", "/users")) {
                    var reply = client.send("GET " + path + " HTTP/1.1\nHost: a\nAuthorization: Bearer "
                                    + Tokens.of("ann") + "\n" + name + ": " + EVIL + "\n" + name + ": " + EVIL + "\n\n")
                            .reply();
                    // A key that nobody made is a credential that does not hold.
                    assertThat(reply.status()).as(name).isIn(200, 400, 401);
                }
            }
        }

        assertThat(seen())
                .hasSizeGreaterThan(200)
                .allSatisfy(request -> assertThat(request.fields()).noneMatch(line -> line.contains(EVIL)));
        assertThat(seen())
                .filteredOn(request -> request.line().contains("/users"))
                .allSatisfy(request -> {
                    assertThat(request.fields("x-user-id")).containsExactly("ann");
                    assertThat(request.fields("x-user-role")).containsExactly("admin");
                    assertThat(request.fields("x-auth-mechanism")).containsExactly("legacy");
                    assertThat(request.fields("x-forwarded-for")).containsExactly("127.0.0.1");
                });
        assertThat(seen())
                .filteredOn(request -> request.line().contains("/public"))
                .allSatisfy(request -> assertThat(request.names()).doesNotContain("x-user-id", "x-user-role"));
    }

    @Test
    void a_client_cannot_have_the_gateway_take_its_own_fields_away() {
        for (var name : List.of(
                "X-User-ID",
                "x_user_id",
                "X-User-Role",
                "X-Auth-Mechanism",
                "X-Request-ID",
                "X-Forwarded-For",
                "Forwarded",
                "Host",
                "Content-Length",
                "Transfer-Encoding")) {
            var reply = gateway.send("POST /users HTTP/1.1\nHost: a\nConnection: close, " + name + "\nConnection: "
                    + name + "\nAuthorization: Bearer " + Tokens.of("ann") + "\nContent-Length: 5\n\nhello");

            assertThat(reply.status()).as(name).isEqualTo(200);
        }
        assertThat(seen()).hasSize(10).allSatisfy(request -> {
            assertThat(request.names())
                    .contains(
                            "x-user-id",
                            "x-user-role",
                            "x-auth-mechanism",
                            "x-request-id",
                            "x-forwarded-for",
                            "forwarded",
                            "host",
                            "content-length")
                    .doesNotContain("connection");
            assertThat(request.body()).isEqualTo("hello");
        });
    }

    @Test
    void other_fields_that_belong_to_the_connection_end_with_it() {
        gateway.send("""
            GET /public HTTP/1.1
            Host: a
            Connection: X-Own
            X-Own: 1
            Keep-Alive: 5
            TE: trailers
            Proxy-Authorization: Basic x
            Proxy-Connection: keep-alive

            """);

        assertThat(seen().getFirst().names())
                .doesNotContain("connection", "x-own", "keep-alive", "te", "proxy-authorization", "proxy-connection");
    }

    @Test
    void a_peer_that_is_not_trusted_has_no_say_in_the_address_and_the_id() {
        var reply = gateway.send("""
            GET /public HTTP/1.1
            Host: a
            X-Forwarded-For: 203.0.113.66
            X-Request-ID: abcdefgh

            """);

        var seen = seen().getFirst();
        assertThat(seen.fields("x-request-id")).hasSize(1).doesNotContain("abcdefgh");
        assertThat(reply.fields("x-request-id")).isEqualTo(seen.fields("x-request-id"));
        assertThat(seen.fields("x-forwarded-proto")).containsExactly("http");
        assertThat(seen.fields("x-forwarded-host")).containsExactly("a");
    }

    @Test
    void credentials_stay_with_the_gateway() {
        gateway.send("GET /users HTTP/1.1\nHost: a\nAuthorization: Bearer " + Tokens.of("ann")
                + "\nCookie: a=1; __Host-session=; b=2\n\n");
        gateway.send("GET /public HTTP/1.1\nHost: a\nAuthorization: Bearer " + Tokens.of("ann") + "\n\n");

        assertThat(seen()).allSatisfy(request -> assertThat(request.names()).doesNotContain("authorization"));
    }

    @Test
    void two_tokens_are_none() {
        var reply = gateway.send("GET /users HTTP/1.1\nHost: a\nAuthorization: Bearer " + Tokens.of("ann")
                + "\nAuthorization: Bearer " + Tokens.of("root") + "\n\n");

        assertThat(reply.status()).isBetween(400, 401);
        assertThat(seen()).isEmpty();
    }

    /** In {@code path -> status}. */
    static List<String> paths() {
        var paths = new ArrayList<String>();
        for (var other : List.of(
                "X",
                ".evil.example/x",
                "@evil.example/x",
                ":80",
                ";x",
                ";/x",
                "%20",
                "%40evil.example",
                "%3a80",
                "-")) {
            paths.add("/users" + other + " 404");
        }
        for (var wrong : List.of(
                "%2f",
                "%2F..%2f",
                "%5c",
                "%00",
                "/%2e%2e/admin",
                "/.%2e/admin",
                "/..;/admin",
                "/..;a=b/admin",
                "/..%3b/admin",
                "/%252e%252e/admin",
                "/%252f",
                "/../admin",
                "/./x",
                "//x",
                "/x//",
                "/%c0%ae%c0%ae/",
                "/%ff",
                "/%",
                "/%2",
                "/%zz",
                "/%u002e",
                "/%0d%0a",
                "/%7f",
                "#x",
                "/..")) {
            paths.add("/users" + wrong + " 400");
        }
        paths.add("//users 400");
        paths.add("//evil.example/users 400");
        paths.add("/./users 400");
        paths.add("/x/../users 400");
        paths.add("/USERS 404");
        paths.add("/%75sers 401");
        paths.add("http://evil.example/users 400");
        paths.add("http://a@evil.example/users 400");
        paths.add("http://a:80/users 400");
        paths.add("ftp://a/users 400");
        paths.add("users 400");
        paths.add("* 400");
        return paths;
    }

    @ParameterizedTest
    @MethodSource("paths")
    void a_path_that_could_mean_another_is_refused_and_none_falls_to_a_neighbour(String pathAndStatus) {
        var parts = pathAndStatus.split(" ", 2);

        var reply = gateway.send("GET " + parts[0] + " HTTP/1.1\nHost: a\n\n");

        assertThat(reply.status()).as(reply.body()).isEqualTo(Integer.parseInt(parts[1]));
        assertThat(seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/users",
                "/users/",
                "/users/42",
                "/users/a%20b",
                "/users/%E2%82%AC?x=../..;%2f",
                "http://a/users"
            })
    void what_was_authorised_is_what_is_sent(String target) {
        var reply = gateway.send(
                "GET " + target + " HTTP/1.1\nHost: a\nAuthorization: Bearer " + Tokens.of("ann") + "\n\n");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(seen().getFirst().line()).isEqualTo("GET " + target.replace("http://a", "") + " HTTP/1.1");
        assertThat(seen().getFirst().field("host")).isEqualTo(upstream.url().replace("http://", ""));
    }

    private static String file(String url) {
        return """
            identity:
              anyone: {type: public}
              legacy: {type: jwt, issuer: none, audience: none, secret: "${env:JWT_SECRET}", algorithms: [HS256]}
              keys: {type: api-key, pepper: ["${env:PEPPER}"]}
              browser: {type: session, keys: ["${env:PEPPER}"]}
            upstreams:
              users: {targets: [{url: "%s"}]}
            limits: {rejectedCredentials: 1000}
            routes:
              - {id: users, match: {path: /users}, identity: [legacy, keys], upstream: users}
              - {id: public, match: {path: /public}, identity: [anyone], upstream: users}
            """.formatted(url);
    }
}
