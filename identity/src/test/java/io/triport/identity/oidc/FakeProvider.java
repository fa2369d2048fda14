package io.triport.identity.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.triport.domain.request.Bytes;
import io.triport.identity.federation.HttpDocuments;
import io.triport.identity.jose.FixedKeys;
import io.triport.identity.jose.JwkSet;
import io.triport.identity.jose.KeySource;
import io.triport.identity.jose.SignatureEngine;
import io.triport.identity.keyring.Base64Url;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A small OpenID provider on loopback, which checks what a provider has to check. Made with a library that is not ours. */
final class FakeProvider implements AutoCloseable {
    static final String CLIENT = "triport";
    static final String SECRET = "a secret of + & signs";

    private final HttpServer server;
    private final ECKey key;
    private final Clock clock;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final AtomicInteger refreshes = new AtomicInteger();

    private volatile UnaryOperator<JWTClaimsSet> claims = claims -> claims;
    private volatile boolean namesItself;
    private volatile int refreshStatus = 200;

    FakeProvider(Clock clock) {
        this.clock = clock;
        try {
            key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/.well-known/openid-configuration", exchange -> reply(exchange, 200, discovery()));
            server.createContext("/keys", exchange -> reply(exchange, 200, new JWKSet(key.toPublicJWK()).toString()));
            server.createContext("/token", this::token);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int refreshes() {
        return refreshes.get();
    }

    /** From now on ID tokens are changed before they are signed. */
    void changing(UnaryOperator<JWTClaimsSet> change) {
        claims = change;
    }

    void namingItself() {
        namesItself = true;
    }

    void answeringRefreshes(int status) {
        refreshStatus = status;
    }

    /** What the page of the provider does when somebody has proved who they are: the target that the browser is sent to. */
    String consent(String location) {
        var parameters = FormFields.parse(URI.create(location).getRawQuery()).fields();
        if (!location.startsWith(issuer() + "/authorize?")
                || !"code".equals(parameters.get("response_type"))
                || !CLIENT.equals(parameters.get("client_id"))
                || !"S256".equals(parameters.get("code_challenge_method"))) {
            throw new AssertionError(location);
        }
        var code = "code-" + codes.size();
        codes.put(code, parameters);
        var answer = new HashMap<>(Map.of("code", code, "state", parameters.getOrDefault("state", "")));
        if (namesItself) {
            answer.put("iss", issuer());
        }
        return URI.create(parameters.getOrDefault("redirect_uri", "")).getPath() + "?" + FormFields.write(answer);
    }

    String logoutToken(UnaryOperator<JWTClaimsSet.Builder> change) {
        var now = Date.from(clock.instant());
        var builder = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(CLIENT)
                .issueTime(now)
                .expirationTime(Date.from(clock.instant().plusSeconds(120)))
                .jwtID("logout-1")
                .claim("sid", "session-1")
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
        return signed("logout+jwt", change.apply(builder).build());
    }

    String signed(String type, JWTClaimsSet set) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                    .keyID("k1")
                    .type(new JOSEObjectType(type))
                    .build();
            var token = new SignedJWT(header, set);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** How our side gets keys at a place. */
    static KeySource keys(URI place) {
        return JwkSet.read(new HttpDocuments().fetch(place).orElse(Bytes.EMPTY), SignatureEngine.present())
                        instanceof JwkSet.Usable usable
                ? new FixedKeys(usable.keys())
                : FixedKeys.of();
    }

    private String discovery() {
        return "{\"issuer\":\"" + issuer() + "\",\"authorization_endpoint\":\"" + issuer()
                + "/authorize\",\"token_endpoint\":\""
                + issuer() + "/token\",\"jwks_uri\":\"" + issuer() + "/keys\",\"end_session_endpoint\":\"" + issuer()
                + "/end\",\"authorization_response_iss_parameter_supported\":" + namesItself + "}";
    }

    private void token(HttpExchange exchange) throws IOException {
        var form = FormFields.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var expected = "Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                (CLIENT + ":" + FormFields.encoded(SECRET)).getBytes(StandardCharsets.US_ASCII));
        if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            reply(exchange, 401, "{}");
        } else if (form.value("grant_type").equals("refresh_token")) {
            var number = refreshes.incrementAndGet();
            reply(exchange, refreshStatus, "{\"access_token\":\"a\",\"refresh_token\":\"refresh-" + number + "\"}");
        } else {
            var begun = codes.remove(form.value("code"));
            if (begun != null
                    && form.value("redirect_uri").equals(begun.get("redirect_uri"))
                    && challenge(form.value("code_verifier")).equals(begun.get("code_challenge"))) {
                reply(exchange, 200, tokens(begun.getOrDefault("nonce", "")));
            } else {
                reply(exchange, 400, "{\"error\":\"invalid_grant\"}");
            }
        }
    }

    private String tokens(String nonce) {
        var now = clock.instant();
        var set = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject("user-7")
                .audience(CLIENT)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))))
                .claim("nonce", nonce)
                .claim("at_hash", half("access-1"))
                .claim("sid", "session-1")
                .claim("email", "user@example.org")
                .claim("email_verified", true)
                .claim("roles", List.of("admin"))
                .build();
        return "{\"id_token\":\"" + signed("JWT", claims.apply(set))
                + "\",\"access_token\":\"access-1\",\"token_type\":\"Bearer\",\"refresh_token\":\"refresh-0\"}";
    }

    private static String half(String token) {
        return Base64Url.encode(java.util.Arrays.copyOf(sha256(token), 16));
    }

    private static String challenge(String verifier) {
        return Base64Url.encode(sha256(verifier));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static void reply(HttpExchange exchange, int status, String json) throws IOException {
        try (exchange) {
            var body = json.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
