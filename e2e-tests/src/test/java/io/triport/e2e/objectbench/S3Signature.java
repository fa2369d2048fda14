package io.triport.e2e.objectbench;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Heads of requests signed at one time, as the AWS SDKs do; the bytes of a body are left out, as they do over TLS. */
final class S3Signature {
    private static final String REGION = "us-east-1";
    private static final String BODY = "UNSIGNED-PAYLOAD";
    private static final String SIGNED = "host;x-amz-content-sha256;x-amz-date";
    private static final int DAY = 8;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Endpoint endpoint;
    private final String time;
    private final String scope;
    private final byte[] key;

    S3Signature(Endpoint endpoint, Instant now) {
        this.endpoint = endpoint;
        this.time = TIME.format(now);
        var day = time.substring(0, DAY);
        this.scope = day + "/" + REGION + "/s3/aws4_request";
        var first = ("AWS4" + endpoint.key().secret()).getBytes(StandardCharsets.UTF_8);
        this.key = mac(mac(mac(mac(first, day), REGION), "s3"), "aws4_request");
    }

    /** For reading. @param query as it is signed: sorted and encoded; empty for none */
    String get(String path, String query) {
        return head("GET", path, query) + "\r\n";
    }

    /** For writing so many bytes. */
    String put(String path, long bytes) {
        return head("PUT", path, "") + "Content-Type: application/octet-stream\r\nContent-Length: " + bytes
                + "\r\n\r\n";
    }

    private String head(String method, String path, String query) {
        var canonical = method + "\n" + path + "\n" + query + "\nhost:" + endpoint.authority()
                + "\nx-amz-content-sha256:" + BODY + "\nx-amz-date:" + time + "\n\n" + SIGNED + "\n" + BODY;
        var text = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + sha256(canonical);
        return method + " " + path + (query.isEmpty() ? "" : "?" + query) + " HTTP/1.1\r\nHost: "
                + endpoint.authority() + "\r\nx-amz-date: " + time + "\r\nx-amz-content-sha256: " + BODY
                + "\r\nAuthorization: AWS4-HMAC-SHA256 Credential="
                + endpoint.key().id() + "/" + scope + ", SignedHeaders=" + SIGNED + ", Signature="
                + HexFormat.of().formatHex(mac(key, text)) + "\r\n";
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
