package io.triport.e2e.objects;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A client of S3 that signs by header. */
final class S3Client implements AutoCloseable {
    static final String KEY = "E2EKEY";
    static final String SECRET = "0123456789abcdef0123456789abcdef";

    private static final Duration HANGS_AFTER = Duration.ofSeconds(60);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String HEADERS = "host;x-amz-content-sha256;x-amz-date";

    private final HttpClient client;
    private final URI address;

    S3Client(URI address) {
        this(address, HttpClient.newHttpClient());
    }

    S3Client(URI address, HttpClient client) {
        this.address = address;
        this.client = client;
    }

    /** @param target path and query as they are sent, the parameters with their equals signs */
    HttpResponse<byte[]> send(String method, String target, byte[] body) {
        var fields = signed(method, target, body);
        var builder = HttpRequest.newBuilder(URI.create(address + target)).timeout(HANGS_AFTER);
        fields.forEach(builder::header);
        var request = builder.method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The same as bytes, for who has a connection of his own. */
    byte[] wire(String method, String target, byte[] body) {
        var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: " + address.getAuthority()
                + "\r\nContent-Length: " + body.length + "\r\n");
        signed(method, target, body)
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(bytes(head + "\r\n"));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    private Map<String, String> signed(String method, String target, byte[] body) {
        var time = TIME.format(Clock.systemUTC().instant());
        var scope = time.substring(0, 8) + "/us-east-1/s3/aws4_request";
        var hash = HexFormat.of().formatHex(sha256(body));
        var path = target.split("[?]", 2);
        var query = path.length < 2
                ? ""
                : Arrays.stream(path[1].split("&")).sorted().collect(Collectors.joining("&"));
        var canonical = String.join(
                "\n",
                method,
                path[0],
                query,
                "host:" + address.getAuthority(),
                "x-amz-content-sha256:" + hash,
                "x-amz-date:" + time,
                "",
                HEADERS,
                hash);
        var text = String.join(
                "\n", "AWS4-HMAC-SHA256", time, scope, HexFormat.of().formatHex(sha256(bytes(canonical))));
        var signing = bytes("AWS4" + SECRET);
        for (var part : scope.split("/")) {
            signing = hmac(signing, part);
        }
        return Map.of(
                "x-amz-content-sha256",
                hash,
                "x-amz-date",
                time,
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + KEY + "/" + scope + ", SignedHeaders=" + HEADERS + ", Signature="
                        + HexFormat.of().formatHex(hmac(signing, text)));
    }

    int put(String target, byte[] body) {
        return send("PUT", target, body).statusCode();
    }

    /** The text of what is there, or of the error. */
    String get(String target) {
        return new String(send("GET", target, new byte[0]).body(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
