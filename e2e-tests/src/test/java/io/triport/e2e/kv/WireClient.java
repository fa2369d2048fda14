package io.triport.e2e.kv;

import io.triport.identity.hmac.CanonicalRequest;
import io.triport.identity.hmac.HmacSecret;
import io.triport.identity.hmac.SigningHeaders;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/** Speaks the protocol for one key. A request is signed first and sent apart, so that it can be sent again or elsewhere. */
final class WireClient implements AutoCloseable {
    private static final Duration HANGS_AFTER = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String keyId;
    private final String secret;

    WireClient(String keyId, String secret) {
        this.keyId = keyId;
        this.secret = secret;
    }

    /** A request with its signature. */
    record Signed(String method, String path, String body, Map<String, String> headers) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        Signed under(String otherKeyId) {
            var changed = new java.util.HashMap<>(headers);
            changed.put(SigningHeaders.KEY_ID, otherKeyId);
            return new Signed(method, path, body, Map.copyOf(changed));
        }

        /** With a field that the signature does not cover. */
        Signed with(String name, String value) {
            var changed = new java.util.HashMap<>(headers);
            changed.put(name, value);
            return new Signed(method, path, body, Map.copyOf(changed));
        }

        /** As it goes over a connection. */
        byte[] toBytes() {
            var head = new StringBuilder(
                    method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length() + "\r\n");
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            return (head + "\r\n" + body).getBytes(StandardCharsets.US_ASCII);
        }
    }

    record Answer(int status, String body, Map<String, String> headers) {
        boolean ok() {
            return status == 200;
        }

        boolean says(String code) {
            return body.contains("\"code\":\"" + code + "\"");
        }
    }

    Signed sign(String operation, String body) {
        return sign(operation, body, System.currentTimeMillis());
    }

    Signed sign(String operation, String body, long dated) {
        return signPath("/zin/kv/" + operation, body, dated);
    }

    /** For a path outside of the KV protocol. */
    Signed signPath(String path, String body) {
        return signPath(path, body, System.currentTimeMillis());
    }

    private Signed signPath(String path, String body, long dated) {
        return sign("POST", path, "", body, dated);
    }

    /** For a path with a query. */
    Signed signSearch(String path, String search, String body) {
        return sign("POST", path, search, body, System.currentTimeMillis());
    }

    /** For another method. */
    Signed signMethod(String method, String path, String body) {
        return sign(method, path, "", body, System.currentTimeMillis());
    }

    private Signed sign(String method, String path, String search, String body, long dated) {
        var timestamp = Long.toString(dated);
        var nonce = UUID.randomUUID().toString();
        var hash = sha256(body);
        var signature = HmacSecret.of(secret).sign(new CanonicalRequest(method, path, search, timestamp, nonce, hash));
        return new Signed(
                method,
                path + search,
                body,
                Map.of(
                        SigningHeaders.KEY_ID, keyId,
                        SigningHeaders.TIMESTAMP, timestamp,
                        SigningHeaders.NONCE, nonce,
                        SigningHeaders.BODY_SHA256, hash,
                        SigningHeaders.SIGNATURE, signature));
    }

    /** @throws IOException when the connection breaks */
    Answer send(URI address, Signed signed) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(address + signed.path()))
                .timeout(HANGS_AFTER)
                .method(signed.method(), HttpRequest.BodyPublishers.ofString(signed.body()));
        signed.headers().forEach(request::header);
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            var headers = response.headers().map().entrySet().stream()
                    .collect(java.util.stream.Collectors.toMap(
                            Map.Entry::getKey, field -> String.join(", ", field.getValue())));
            return new Answer(response.statusCode(), response.body(), headers);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    Answer call(URI address, String operation, String body) throws IOException {
        return send(address, sign(operation, body));
    }

    private static String sha256(String body) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
