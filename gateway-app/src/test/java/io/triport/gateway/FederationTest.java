package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.MechanismName;
import io.triport.identity.launch.Gates;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Workloads that show the token of their own system. */
@ExtendWith(LeakWatch.class)
final class FederationTest {
    private final IdentityProvider builds = IdentityProvider.start();
    private final Upstream upstream = Upstream.answering(Upstream.ok("hello"));
    private final GatewayUnderTest gateway = GatewayUnderTest.start(file(), Map.of("JWT_SECRET", Tokens.SECRET));

    private String file() {
        return """
            identity:
              legacy: {type: jwt, issuer: seed, audience: none, secret: "${env:JWT_SECRET}", algorithms: [HS256]}
              builds:
                type: federation
                issuers:
                  main: {issuer: "%1$s", insecure: true, audience: [triport], subject: "repo:acme/*:ref:refs/heads/main", role: deployer, scopes: [orders.write], algorithms: [ES256]}
                  pulls: {issuer: "%1$s", insecure: true, audience: [triport], subject: "repo:acme/*:pull_request", role: reader, algorithms: [ES256]}
            policies:
              writer: {all: [{scope: orders.write}]}
            upstreams:
              orders: {targets: [{url: "%2$s"}]}
            routes:
              - {id: orders, match: {path: /orders}, identity: [legacy, builds], upstream: orders}
              - {id: write, match: {path: /write}, identity: [builds], policy: [writer], upstream: orders}
            """.formatted(builds.issuer(), upstream.url());
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
        builds.close();
    }

    @Test
    void a_job_is_who_its_system_says_and_may_what_is_written_for_it() {
        assertThat(get("/write", job("repo:acme/web:ref:refs/heads/main")).status())
                .isEqualTo(200);
        assertThat(get("/orders", job("repo:acme/web:pull_request")).status()).isEqualTo(200);
        assertThat(get("/write", job("repo:acme/web:pull_request")).body()).contains("policy-denied");

        var seen = upstream.seen().getFirst();
        assertThat(seen.field("x-user-id")).isEqualTo("repo:acme/web:ref:refs/heads/main");
        assertThat(seen.field("x-user-role")).isEqualTo("deployer");
        assertThat(seen.field("x-auth-mechanism")).isEqualTo("builds");
        assertThat(seen.names()).doesNotContain("authorization");
    }

    @Test
    void a_job_of_others_is_nobody() {
        assertThat(get("/orders", job("repo:other/web:pull_request")).body()).contains("token-malformed");
        assertThat(get("/orders", builds.token("JWT", "\"sub\":\"repo:acme/web:pull_request\",\"aud\":\"other\""))
                        .body())
                .contains("token-audience");
    }

    @Test
    void beside_a_provider_each_token_goes_to_the_one_that_it_names() {
        var token = Tokens.signed("{\"iss\":\"seed\",\"sub\":\"alice\",\"exp\":4102444800}", Tokens.SECRET);

        assertThat(get("/orders", token).status()).isEqualTo(200);
        assertThat(upstream.seen().getFirst().field("x-auth-mechanism")).isEqualTo("legacy");
    }

    @Test
    void while_a_system_cannot_be_asked_for_its_keys_nobody_is_taken_at_their_word() {
        var token = job("repo:acme/web:pull_request");
        var file = file();
        assertThat(get("/orders", token).status()).isEqualTo(200);
        builds.close();

        try (var blind = GatewayUnderTest.start(file, Map.of("JWT_SECRET", Tokens.SECRET))) {
            var reply = blind.send("GET /orders HTTP/1.1\nHost: a\nAuthorization: Bearer " + token + "\n\n");

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.body()).contains("identity-unavailable");
            assertThat(blind.bean(Gates.class).unready()).containsExactly(new MechanismName("builds"));
        }
        assertThat(gateway.bean(Gates.class).unready()).isEmpty();
        assertThat(get("/orders", token).status()).isEqualTo(200);
    }

    private String job(String subject) {
        return builds.token("JWT", "\"sub\":\"" + subject + "\",\"aud\":\"triport\"");
    }

    private Client.Reply get(String path, String token) {
        return gateway.send("GET " + path + " HTTP/1.1\nHost: a\nAuthorization: Bearer " + token + "\n\n");
    }
}
