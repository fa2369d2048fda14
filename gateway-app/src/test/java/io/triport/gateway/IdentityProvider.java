package io.triport.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider of identities on loopback, which checks what a provider has to check. */
final class IdentityProvider implements AutoCloseable {
    static final String CLIENT = "gateway";
    static final String SECRET = "known to both";

    private static final int HALF = 32;

    private final HttpServer server;
    private final KeyPair keys = keys();
    private final Map<String, Map<String, String>> begun = new ConcurrentHashMap<>();
    private final AtomicInteger logins = new AtomicInteger();

    private IdentityProvider(HttpServer server) {
        this.server = server;
    }

    static IdentityProvider start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var provider = new IdentityProvider(server);
            server.createContext("/.well-known/openid-configuration", it -> reply(it, 200, provider.discovery()));
            server.createContext("/keys", it -> reply(it, 200, "{\"keys\":[" + provider.jwk() + "]}"));
            server.createContext("/token", provider::token);
            server.start();
            return provider;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What it does when somebody has proved who they are there: where the browser is sent to. */
    String consent(String location) {
        var asked = form(URI.create(location).getRawQuery());
        if (!location.startsWith(issuer() + "/authorize?")
                || !asked.getOrDefault("response_type", "").equals("code")
                || !asked.getOrDefault("client_id", "").equals(CLIENT)
                || !asked.getOrDefault("code_challenge_method", "").equals("S256")) {
            throw new AssertionError(location);
        }
        var code = "code-" + begun.size();
        begun.put(code, asked);
        return URI.create(asked.getOrDefault("redirect_uri", "")).getPath() + "?code=" + code + "&state="
                + asked.get("state");
    }

    /** @param claims without {@code iss}, {@code iat} and {@code exp}, as members of JSON */
    String token(String type, String claims) {
        var now = Instant.now().getEpochSecond();
        var all = "{\"iss\":\"" + issuer() + "\",\"iat\":" + now + ",\"exp\":" + (now + 120) + "," + claims + "}";
        var text = encoded("{\"alg\":\"ES256\",\"kid\":\"k1\",\"typ\":\"" + type + "\"}") + "." + encoded(all);
        try {
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(keys.getPrivate());
            signature.update(text.getBytes(US_ASCII));
            return text + "." + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private String discovery() {
        return "{\"issuer\":\"%1$s\",\"authorization_endpoint\":\"%1$s/authorize\",\"token_endpoint\":\"%1$s/token\",\"jwks_uri\":\"%1$s/keys\",\"end_session_endpoint\":\"%1$s/end\"}"
                .formatted(issuer());
    }

    private void token(HttpExchange exchange) throws IOException {
        var form = form(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        var pair = CLIENT + ":" + SECRET.replace(" ", "+");
        var found = begun.remove(form.getOrDefault("code", ""));
        var asked = found == null ? Map.<String, String>of() : found;
        var good = ("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(US_ASCII)))
                        .equals(exchange.getRequestHeaders().getFirst("Authorization"))
                && !asked.isEmpty()
                && form.getOrDefault("redirect_uri", "").equals(asked.get("redirect_uri"))
                && encoded(sha256(form.getOrDefault("code_verifier", ""))).equals(asked.get("code_challenge"));
        if (good) {
            var claims = "\"sub\":\"user-7\",\"aud\":\"gateway\",\"sid\":\"s-" + logins.incrementAndGet()
                    + "\",\"email\":\"user@example.org\",\"roles\":[\"admin\"],\"nonce\":\""
                    + asked.get("nonce") + "\"";
            reply(exchange, 200, "{\"id_token\":\"" + token("JWT", claims) + "\",\"access_token\":\"a\"}");
        } else {
            reply(exchange, 400, "{\"error\":\"invalid_grant\"}");
        }
    }

    private String jwk() {
        var point = ((ECPublicKey) keys.getPublic()).getW();
        return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"k1\",\"alg\":\"ES256\",\"x\":\""
                + encoded(fixed(point.getAffineX())) + "\",\"y\":\"" + encoded(fixed(point.getAffineY())) + "\"}";
    }

    private static byte[] fixed(BigInteger number) {
        var bytes = number.toByteArray();
        var fixed = new byte[HALF];
        var length = Math.min(HALF, bytes.length);
        System.arraycopy(bytes, bytes.length - length, fixed, HALF - length, length);
        return fixed;
    }

    private static Map<String, String> form(String text) {
        var fields = new HashMap<String, String>();
        Arrays.stream(text.split("&"))
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> fields.put(pair[0], pair.length < 2 ? "" : URLDecoder.decode(pair[1], UTF_8)));
        return fields;
    }

    private static void reply(HttpExchange exchange, int status, String json) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, json.length());
            exchange.getResponseBody().write(json.getBytes(UTF_8));
        }
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String encoded(String text) {
        return encoded(text.getBytes(UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
