package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.Secret;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Method;
import io.triport.domain.request.RawTarget;
import io.triport.domain.time.Randomness;
import io.triport.identity.signed.RequestSigner;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What each setting of a route changes in what its upstream and its client see. */
@ExtendWith(LeakWatch.class)
final class RouteKeysTest {
    private final Upstream upstream =
            Upstream.doing((request, socket) -> Upstream.write(socket, """
                HTTP/1.1 200 OK
                X-Route: %s
                X-Secret: 1
                Content-Length: 0

                """.formatted(request.field("x-route"))));

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void hosts_fields_and_methods_tell_routes_apart() {
        try (var gateway = start("""
              - {id: any, match: {path: /}, identity: [anyone], headers: {request: {set: {X-Route: any}}}, upstream: users}
              - {id: host, match: {path: /, hosts: [api.example.org, "*.example.net"]}, identity: [anyone], headers: {request: {set: {X-Route: host}}}, upstream: users}
              - {id: beta, match: {path: /, headers: {X-Beta: "1"}}, identity: [anyone], headers: {request: {set: {X-Route: beta}}}, upstream: users}
              - {id: read, match: {path: /read, methods: [GET]}, identity: [anyone], headers: {request: {set: {X-Route: read}}}, upstream: users}
            """)) {
            assertThat(route(gateway, "/", "Host: a\n")).isEqualTo("any");
            assertThat(route(gateway, "/", "Host: api.example.org\n")).isEqualTo("host");
            assertThat(route(gateway, "/", "Host: b.example.net\n")).isEqualTo("host");
            assertThat(route(gateway, "/", "Host: a\nX-Beta: 1\n")).isEqualTo("beta");
            assertThat(route(gateway, "/", "Host: a\nX-Beta: 2\n")).isEqualTo("any");
            assertThat(route(gateway, "/read", "Host: a\n")).isEqualTo("read");
            assertThat(gateway.send("DELETE /read HTTP/1.1\nHost: a\n\n").field("x-route"))
                    .isEqualTo("any");
        }
    }

    private static String route(GatewayUnderTest gateway, String path, String fields) {
        return gateway.send("GET " + path + " HTTP/1.1\n" + fields + "\n").field("x-route");
    }

    @Test
    void a_path_is_stripped_and_replaced_and_put_behind_another() {
        try (var gateway = start("""
              - {id: a, match: {path: /a}, identity: [anyone], path: {strip: /a, add: /v2}, upstream: users}
              - {id: b, match: {path: /b}, identity: [anyone], path: {replace: {regex: "^/b/([0-9]+)", with: "/items/$1/x"}}, upstream: users}
            """)) {
            gateway.send("GET /a/1?q=/a HTTP/1.1\nHost: a\n\n");
            gateway.send("GET /b/17/y?q HTTP/1.1\nHost: a\n\n");

            assertThat(upstream.seen())
                    .extracting(Upstream.Request::line)
                    .containsExactly("GET /v2/1?q=/a HTTP/1.1", "GET /items/17/x/y?q HTTP/1.1");
        }
    }

    @Test
    void fields_are_set_and_removed_both_ways() {
        try (var gateway = start("""
              - id: a
                match: {path: /}
                identity: [anyone]
                headers:
                  request: {set: {X-Env: prod}, remove: [X-Mine]}
                  response: {set: {X-Env: shown}, remove: [X-Secret]}
                upstream: users
            """)) {
            var reply = gateway.send("GET / HTTP/1.1\nHost: a\nX-Env: test\nX-Mine: 1\nX-Kept: 2\n\n");

            var seen = upstream.seen().getFirst();
            assertThat(seen.fields("x-env")).containsExactly("prod");
            assertThat(seen.names()).contains("x-kept").doesNotContain("x-mine");
            assertThat(reply.fields("x-env")).containsExactly("shown");
            assertThat(reply.fields("x-secret")).isEmpty();
        }
    }

    @Test
    void authorization_and_host_go_on_only_where_that_is_asked_for() {
        try (var gateway = start("""
              - {id: plain, match: {path: /plain}, identity: [legacy], upstream: users}
              - {id: open, match: {path: /open}, identity: [legacy], forwardAuthorization: true, preserveHost: true, upstream: users}
            """)) {
            send(gateway, "/plain", "Host: api.example.org\n", "ann", "");
            send(gateway, "/open", "Host: api.example.org\n", "ann", "");

            var plain = upstream.seen().getFirst();
            assertThat(plain.names()).doesNotContain("authorization");
            assertThat(plain.field("host")).isEqualTo(upstream.url().substring("http://".length()));
            var open = upstream.seen().getLast();
            assertThat(open.field("authorization")).startsWith("Bearer ");
            assertThat(open.field("host")).isEqualTo("api.example.org");
        }
    }

    @Test
    void what_else_is_said_of_the_caller_is_said_where_it_is_asked_for() {
        try (var gateway = start("""
              - {id: plain, match: {path: /plain}, identity: [legacy], upstream: users}
              - {id: email, match: {path: /email}, identity: [legacy], identityHeaders: [email], upstream: users}
              - {id: scopes, match: {path: /scopes}, identity: [legacy], identityHeaders: [scopes], userId: qualified, upstream: users}
            """)) {
            for (var path : new String[] {"/plain", "/email", "/scopes"}) {
                send(gateway, path, "Host: a\n", "ann", ",\"email\":\"ann@example.org\",\"scope\":\"b a\"");
            }

            var seen = upstream.seen();
            assertThat(seen.get(0).names()).doesNotContain("x-user-email", "x-user-scopes");
            assertThat(seen.get(0).field("x-user-id")).isEqualTo("ann");
            assertThat(seen.get(1).field("x-user-email")).isEqualTo("ann@example.org");
            assertThat(seen.get(1).names()).doesNotContain("x-user-scopes");
            assertThat(seen.get(2).field("x-user-scopes").split(" ")).containsExactlyInAnyOrder("a", "b");
            assertThat(seen.get(2).names()).doesNotContain("x-user-email");
            assertThat(seen.get(2).field("x-user-id")).contains("ann", "legacy").isNotEqualTo("ann");
        }
    }

    @Test
    void of_two_credentials_the_first_counts_or_both_or_both_are_needed() {
        try (var gateway = start("""
              - {id: agree, match: {path: /agree}, identity: [legacy, signed], upstream: users}
              - {id: first, match: {path: /first}, identity: [legacy, signed], combine: first, upstream: users}
              - {id: all, match: {path: /all}, identity: [legacy, signed], combine: all, upstream: users}
            """)) {
            assertThat(send(gateway, "/agree", "Host: a\n", "ann", "").status()).isEqualTo(200);
            assertThat(send(gateway, "/agree", "Host: a\n" + signed("/agree"), "billing", "")
                            .status())
                    .isEqualTo(200);
            assertThat(send(gateway, "/agree", "Host: a\n" + signed("/agree"), "ann", "")
                            .status())
                    .isEqualTo(401);
            assertThat(send(gateway, "/first", "Host: a\n" + signed("/first"), "ann", "")
                            .status())
                    .isEqualTo(200);
            assertThat(send(gateway, "/all", "Host: a\n", "billing", "").status())
                    .isEqualTo(401);
            assertThat(send(gateway, "/all", "Host: a\n" + signed("/all"), "billing", "")
                            .status())
                    .isEqualTo(200);
        }
    }

    /** The fields of a request that the key {@code billing} signed. */
    private static String signed(String path) {
        var key = new RequestSigner.ClientKey.Shared(Secret.of(Tokens.SECRET));
        var signer = new RequestSigner("billing", key, Clock.systemUTC(), Randomness.system());
        var fields = new StringBuilder();
        signer.headers(Method.GET, RawTarget.parse(path), Bytes.EMPTY)
                .forEach((name, value) ->
                        fields.append(name).append(": ").append(value).append('\n'));
        return fields.toString();
    }

    @Test
    void where_every_verification_is_to_be_new_none_is_remembered() {
        try (var gateway = start("""
              - {id: any, match: {path: /any}, identity: [legacy], upstream: users}
              - {id: fresh, match: {path: /fresh}, identity: [legacy], maxVerifyAge: 0s, upstream: users}
            """)) {
            for (var path : new String[] {"/any", "/fresh"}) {
                assertThat(send(gateway, path, "Host: a\n", "ann", "").status()).isEqualTo(200);
            }
            for (var i = 0; i < 60; i++) {
                gateway.send("GET /any HTTP/1.1\nHost: a\nAuthorization: Bearer a.b.c\n\n");
            }

            assertThat(send(gateway, "/any", "Host: a\n", "ann", "").status()).isEqualTo(200);
            assertThat(send(gateway, "/fresh", "Host: a\n", "ann", "").status()).isEqualTo(429);
        }
    }

    @Test
    void a_body_is_bounded_by_the_route_and_else_by_the_file() {
        try (var gateway = start("""
              - {id: short, match: {path: /short}, identity: [anyone], limits: {body: 2KiB}, upstream: users}
              - {id: file, match: {path: /file}, identity: [anyone], upstream: users}
            limits: {body: 1KiB}
            """)) {
            assertThat(post(gateway, "/short", 2_048)).isEqualTo(200);
            assertThat(post(gateway, "/short", 2_049)).isEqualTo(413);
            assertThat(post(gateway, "/file", 1_024)).isEqualTo(200);
            assertThat(post(gateway, "/file", 1_025)).isEqualTo(413);
        }
    }

    private static int post(GatewayUnderTest gateway, String path, int length) {
        return gateway.send(
                        "POST " + path + " HTTP/1.1\nHost: a\nContent-Length: " + length + "\n\n" + "x".repeat(length))
                .status();
    }

    private static Client.Reply send(
            GatewayUnderTest gateway, String path, String fields, String subject, String claims) {
        return gateway.send(
                "GET " + path + " HTTP/1.1\n" + fields + "Authorization: Bearer " + token(subject, claims) + "\n\n");
    }

    private static String token(String subject, String claims) {
        return Tokens.signed("{\"sub\":\"" + subject + "\",\"exp\":4102444800" + claims + "}", Tokens.SECRET);
    }

    private GatewayUnderTest start(String routes) {
        return GatewayUnderTest.start("""
            identity:
              anyone: {type: public}
              legacy: {type: jwt, issuer: none, audience: none, secret: "${env:JWT_SECRET}", algorithms: [HS256]}
              signed: {type: hmac-request, keys: {billing: {secrets: ["${env:JWT_SECRET}"]}}}
            upstreams:
              users: {targets: [{url: "%s"}]}
            routes:
            """.formatted(upstream.url()) + routes, Map.of("JWT_SECRET", Tokens.SECRET));
    }
}
