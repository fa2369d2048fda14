package io.triport.objects;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** An identity provider on this machine: its documents, and tokens that it signs. */
final class TestProvider implements AutoCloseable {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final HttpServer server;
    private final String issuer;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicReference<Key> current = new AtomicReference<>(Key.fresh("first"));

    /** A key by its id. */
    private record Key(String kid, KeyPair pair) {
        static Key fresh(String kid) {
            try {
                var generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2_048);
                return new Key(kid, generator.generateKeyPair());
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        String published() {
            var key = (RSAPublicKey) pair.getPublic();
            return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"" + kid + "\",\"n\":\""
                    + number(key.getModulus()) + "\",\"e\":\"" + number(key.getPublicExponent()) + "\"}]}";
        }

        private static String number(BigInteger number) {
            var bytes = number.toByteArray();
            var from = bytes[0] == 0 ? 1 : 0;
            return BASE64.encodeToString(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
        }
    }

    TestProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            issuer = "http://127.0.0.1:" + server.getAddress().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        page(
                "/.well-known/openid-configuration",
                () -> "{\"issuer\":\"" + issuer() + "\",\"jwks_uri\":\"" + issuer() + "/keys\"}");
        page("/keys", () -> current.get().published());
        server.start();
    }

    private void page(String path, java.util.function.Supplier<String> text) {
        server.createContext(path, exchange -> {
            var bytes = text.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            try (var body = exchange.getResponseBody()) {
                body.write(bytes);
            }
        });
    }

    String issuer() {
        return issuer;
    }

    /** From now on it signs with another key, and publishes that one alone. */
    void rotates(String kid) {
        current.set(Key.fresh(kid));
    }

    /** @param claims each with its value in JSON */
    String token(Map<String, String> claims) {
        var key = current.get();
        var text = part("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + key.kid() + "\"}") + "."
                + part(claims.entrySet().stream()
                        .map(claim -> "\"" + claim.getKey() + "\":" + claim.getValue())
                        .collect(Collectors.joining(",", "{", "}")));
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.pair().getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String part(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.stop(0);
        }
    }
}
