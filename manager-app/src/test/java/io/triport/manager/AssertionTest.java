package io.triport.manager;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.triport.domain.request.Bytes;
import io.triport.identity.config.ConfigError;
import io.triport.manager.ManagerUnderTest.Answer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** People and services behind an identity-aware proxy. */
final class AssertionTest {
    private static final KeyPair KEY = newKey();

    private final HttpServer team = publish();
    private final String issuer = "http://127.0.0.1:" + team.getAddress().getPort();
    private final ManagerUnderTest manager = ManagerUnderTest.start("""
        triport:
          manager: {team-domain: "%s", policy-aud: "tag1, tag2", insecure: true}
        """.formatted(issuer), Clock.systemUTC());

    @AfterEach
    void stop() {
        manager.close();
        team.stop(0);
    }

    @Test
    void a_person_is_known_by_the_address_and_a_service_by_its_client_id() {
        assertThat(user("cf-access-jwt-assertion", person("tag2"))).isEqualTo("ann@acme.example");
        assertThat(user("Cookie", "CF_Authorization=" + person("tag1"))).isEqualTo("ann@acme.example");
        assertThat(user("Authorization", "Bearer " + person("tag1"))).isEqualTo("ann@acme.example");
        assertThat(user("cf-access-jwt-assertion", token("tag1", "\"sub\":\"\",\"common_name\":\"abc.access\"")))
                .isEqualTo("service:abc.access");
    }

    @Test
    void an_assertion_for_another_app_or_of_another_team_is_none() {
        var elsewhere =
                token("tag1", "\"sub\":\"u-1\",\"email\":\"ann@acme.example\"").replace(".", "") + "..";

        assertThat(me(Map.of("cf-access-jwt-assertion", person("tag3"))).status())
                .isEqualTo(401);
        assertThat(me(Map.of("cf-access-jwt-assertion", elsewhere)).status()).isEqualTo(401);
        assertThat(me(Map.of("cf-access-jwt-assertion", token("https://other.example", "tag1", "\"sub\":\"u-1\"")))
                        .status())
                .isEqualTo(401);
        assertThat(me(Map.of(
                                "cf-access-jwt-assertion",
                                person("tag3"),
                                "Authorization",
                                "Bearer " + ManagerUnderTest.TOKEN))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void the_header_decides_and_a_cookie_beside_it_is_not_looked_at() {
        var both = me(Map.of("cf-access-jwt-assertion", person("tag1"), "Cookie", "CF_Authorization=old"));

        assertThat(both.status()).isEqualTo(200);
    }

    @Test
    void a_cookie_alone_changes_nothing_for_another_site() {
        var cookie = "CF_Authorization=" + person("tag1");
        var body = Bytes.utf8("{\"title\":\"CACHE\"}");

        assertThat(manager.send("POST", "/api/namespaces", Map.of("Cookie", cookie), body)
                        .code())
                .isEqualTo("csrf");
        assertThat(manager.send(
                                "POST",
                                "/api/namespaces",
                                Map.of("Cookie", cookie, "Sec-Fetch-Site", "same-origin"),
                                body)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_team_in_the_clear_must_be_asked_for_and_on_this_machine() {
        assertThatThrownBy(() -> start("team-domain: \"" + issuer + "\", policy-aud: a"))
                .isInstanceOf(ConfigError.class)
                .hasMessageEndingWith("triport.manager.team-domain: " + issuer
                        + " (expected: https, or http to loopback beside insecure: true)");
        assertThatThrownBy(() -> start("team-domain: \"http://acme.example\", policy-aud: a, insecure: true"))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("http://acme.example");
        assertThatThrownBy(() -> start("team-domain: acme.example, policy-aud: \"a,,b\""))
                .isInstanceOf(ConfigError.class)
                .hasMessageEndingWith("triport.manager.policy-aud: 'a,,b' (expected: a team's host and the audience"
                        + " tags, both)");
        assertThatThrownBy(() -> start("team-domain: acme.example"))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("triport.manager.policy-aud");
    }

    private static void start(String settings) {
        ManagerUnderTest.start("triport: {manager: {" + settings + "}}", Clock.systemUTC())
                .close();
    }

    private String user(String name, String value) {
        return me(Map.of(name, value)).result().path("user").asText();
    }

    private Answer me(Map<String, String> headers) {
        return manager.send("GET", "/api/me", headers, Bytes.EMPTY);
    }

    private String person(String audience) {
        return token(audience, "\"sub\":\"u-1\",\"email\":\"Ann@acme.example\",\"type\":\"app\"");
    }

    private String token(String audience, String claims) {
        return token(issuer, audience, claims);
    }

    private static String token(String issuer, String audience, String claims) {
        var now = Clock.systemUTC().instant().getEpochSecond();
        var text = base64("{\"alg\":\"RS256\",\"kid\":\"k1\"}".getBytes(UTF_8)) + "."
                + base64(("{\"iss\":\"" + issuer + "\",\"aud\":[\"" + audience + "\"],\"iat\":" + now + ",\"exp\":"
                                + (now + 600) + "," + claims + "}")
                        .getBytes(UTF_8));
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KEY.getPrivate());
            signature.update(text.getBytes(US_ASCII));
            return text + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpServer publish() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var key = (RSAPublicKey) KEY.getPublic();
            var set = "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k1\",\"alg\":\"RS256\",\"use\":\"sig\",\"n\":\""
                    + number(key.getModulus()) + "\",\"e\":\"" + number(key.getPublicExponent())
                    + "\"}],\"public_certs\":[{\"kid\":\"k1\",\"cert\":\"ignored\"}]}";
            server.createContext("/cdn-cgi/access/certs", exchange -> {
                try (exchange) {
                    exchange.sendResponseHeaders(200, set.length());
                    exchange.getResponseBody().write(set.getBytes(UTF_8));
                }
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2_048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String number(BigInteger number) {
        var bytes = number.toByteArray();
        return base64(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
