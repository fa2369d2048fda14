package io.triport.e2e.objectbench;

import io.triport.e2e.bench.SignedRequests;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Requests signed by header, as the AWS SDKs do; the bytes of a body are left out of the signature, as they do over TLS. */
final class S3Requests {
    /** A page of a listing, of so many names. */
    private static final int PAGE = 1_000;

    private static final long STEP = 7_919;
    private static final String REGION = "us-east-1";
    private static final String BODY = "UNSIGNED-PAYLOAD";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Clock clock;
    private final ByteBuffer piece = ByteBuffer.allocateDirect(Work.MIB);

    S3Requests(Clock clock) {
        this.clock = clock;
        for (var i = 0; i < Work.MIB; i++) {
            piece.put((byte) (i * STEP >>> 5));
        }
        piece.flip();
    }

    /** What the load sends. @param count how many, over the objects in turn; good for 15 minutes */
    SignedRequests of(Endpoint endpoint, Work work, int small, int count) {
        return requests(endpoint, work, work.kind() == Work.Kind.PUT ? "PUT" : "GET", small, count);
    }

    /** Writes each object that the load reads, once. */
    SignedRequests filling(Endpoint endpoint, Work work, int small) {
        return requests(endpoint, work, "PUT", small, work.keys(small));
    }

    private SignedRequests requests(Endpoint endpoint, Work work, String method, int small, int count) {
        var keys = work.keys(small);
        var signature = new Signature(endpoint, TIME.format(clock.instant()));
        var heads = new ByteArrayOutputStream();
        var ends = new int[Math.min(count, keys)];
        for (var i = 0; i < ends.length; i++) {
            // A prime step spreads the keys: neighbours in time are no neighbours on a page or in a folder.
            var key = work.key((int) (i * STEP % keys));
            heads.writeBytes(signature.head(method, work, key).getBytes(StandardCharsets.US_ASCII));
            ends[i] = heads.size();
        }
        var body = method.equals("PUT") ? work.kind() == Work.Kind.LIST ? Work.GET_1K.bytes() : work.bytes() : 0;
        var length = Math.min(body, Work.MIB);
        return SignedRequests.inTurn(
                heads.toByteArray(), ends, piece.slice(0, length), length == 0 ? 0 : body / length, count);
    }

    /** The signing key of one day, and the time of all its requests. */
    private static final class Signature {
        private final Endpoint endpoint;
        private final String time;
        private final String scope;
        private final byte[] key;

        Signature(Endpoint endpoint, String time) {
            this.endpoint = endpoint;
            this.time = time;
            var day = time.substring(0, 8);
            this.scope = day + "/" + REGION + "/s3/aws4_request";
            var first = ("AWS4" + endpoint.key().secret()).getBytes(StandardCharsets.UTF_8);
            this.key = mac(mac(mac(mac(first, day), REGION), "s3"), "aws4_request");
        }

        String head(String method, Work work, String key) {
            var lists = work.kind() == Work.Kind.LIST && method.equals("GET");
            var path = "/" + work.bucket() + (lists ? "" : "/" + key);
            var query = lists ? "list-type=2&max-keys=" + PAGE + "&start-after=" + key.replace("/", "%2F") : "";
            var canonical = method + "\n" + path + "\n" + query + "\nhost:" + endpoint.authority()
                    + "\nx-amz-content-sha256:" + BODY + "\nx-amz-date:" + time
                    + "\n\nhost;x-amz-content-sha256;x-amz-date\n" + BODY;
            var text = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + sha256(canonical);
            return method + " " + path + (lists ? "?" + query : "") + " HTTP/1.1\r\nHost: " + endpoint.authority()
                    + "\r\nx-amz-date: " + time + "\r\nx-amz-content-sha256: " + BODY
                    + "\r\nAuthorization: AWS4-HMAC-SHA256 Credential="
                    + endpoint.key().id() + "/" + scope
                    + ", SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature="
                    + HexFormat.of().formatHex(mac(this.key, text)) + "\r\n"
                    + (method.equals("PUT") ? length(work) : "") + "\r\n";
        }

        private static String length(Work work) {
            var bytes = work.bytes() == 0 ? Work.GET_1K.bytes() : work.bytes();
            return "Content-Type: application/octet-stream\r\nContent-Length: " + bytes + "\r\n";
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
}
