package io.triport.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.identity.config.ConfigError;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** That a route's policies decide, before and after identity. */
@ExtendWith(LeakWatch.class)
final class RoutePoliciesTest {
    private static final String SECRET = "a secret of this test, 32 bytes or longer";
    private static final String FAR_FUTURE = "253402300799";

    private static final String FILE = """
        identity:
          anyone: {type: public}
          legacy: {type: jwt, issuer: seed, secret: "${env:JWT_SECRET}", algorithms: [HS256], audience: [api]}
        policies:
          writer: {any: [{scope: orders.write}, {role: admin}]}
          elsewhere: {ip: {allow: [203.0.113.0/24]}}
          here: {ip: {allow: [127.0.0.0/8, "::1"]}}
        upstreams:
          users:
            targets: [{url: "%s"}]
        routes:
          - {id: users, match: {path: /users}, identity: [legacy], policy: [writer, here], upstream: users}
          - {id: office, match: {path: /office}, identity: [legacy], policy: [elsewhere], upstream: users}
          - {id: open, match: {path: /open}, identity: [anyone], policy: [here], upstream: users}
          - {id: none, match: {path: /none}, identity: [anyone], policy: [writer], upstream: users}
        """;

    @Test
    void who_is_known_but_not_admitted_is_told_so_and_the_upstream_hears_nothing() {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = start(upstream)) {
            var reader = gateway.send(get("/users", token("orders.read")));

            assertThat(reader.status()).isEqualTo(403);
            assertThat(reader.body()).contains("\"code\":\"policy-denied\"");
            assertThat(gateway.send(get("/none", "")).status()).isEqualTo(403);
            assertThat(upstream.connections()).isZero();
        }
    }

    @Test
    void who_meets_every_policy_passes() {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = start(upstream)) {
            assertThat(gateway.send(get("/users", token("orders.read orders.write")))
                            .body())
                    .isEqualTo("hello");
            assertThat(gateway.send(get("/open", "")).body()).isEqualTo("hello");
        }
    }

    @Test
    void a_wrong_address_is_refused_before_any_credential_is_looked_at() {
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = start(upstream)) {
            for (var credential : new String[] {"", "Authorization: Bearer nonsense\n", token("orders.write")}) {
                var reply = gateway.send(get("/office", credential));

                assertThat(reply.status()).isEqualTo(403);
                assertThat(reply.body()).contains("\"code\":\"ip-denied\"");
            }
            assertThat(upstream.connections()).isZero();
        }
    }

    @Test
    void a_policy_that_is_not_defined_and_an_empty_list_of_them_do_not_start() {
        for (var wrong : new String[] {"policy: [reader]", "policy: []"}) {
            var file = FILE.formatted("http://127.0.0.1:1").replace("policy: [elsewhere]", wrong);

            assertThatThrownBy(() -> GatewayUnderTest.start(file, Map.of("JWT_SECRET", SECRET)))
                    .isInstanceOf(ConfigError.class)
                    .hasMessageContaining("routes[1].policy");
        }
    }

    private static GatewayUnderTest start(Upstream upstream) {
        return GatewayUnderTest.start(FILE.formatted(upstream.url()), Map.of("JWT_SECRET", SECRET));
    }

    private static String get(String path, String credential) {
        return "GET " + path + " HTTP/1.1\nHost: a\n" + credential + "\n";
    }

    /** Signed by the platform alone, so that nothing of ours vouches for itself. */
    private static String token(String scope) {
        var head = base64("{\"alg\":\"HS256\"}".getBytes(UTF_8));
        var claims = base64(("{\"iss\":\"seed\",\"aud\":\"api\",\"sub\":\"s\",\"exp\":" + FAR_FUTURE + ",\"scope\":\""
                        + scope + "\"}")
                .getBytes(UTF_8));
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
            var signature = base64(mac.doFinal((head + "." + claims).getBytes(UTF_8)));
            return "Authorization: Bearer " + head + "." + claims + "." + signature + "\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
