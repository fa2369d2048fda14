package io.triport.objects;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as a client of S3 does, by another way than the verifier. */
record TestSigner(String key, String secret, Clock clock) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** The fields of a signed request. @param target path and query, encoded as they are sent */
    Map<String, String> signed(String method, URI address, String target, Map<String, String> more) {
        return signedFor("s3", method, address, target, more);
    }

    Map<String, String> signedFor(String service, String method, URI address, String target, Map<String, String> more) {
        var time = TIME.format(clock.instant());
        var scope = time.substring(0, 8) + "/us-east-1/" + service + "/aws4_request";
        var fields = new TreeMap<String, String>();
        more.forEach((name, value) -> fields.put(name.toLowerCase(java.util.Locale.ROOT), value));
        fields.putIfAbsent("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
        fields.put("x-amz-date", time);
        var signed = new TreeMap<>(fields);
        signed.put("host", address.getAuthority());
        var names = String.join(";", signed.keySet());
        var lines = signed.entrySet().stream()
                .map(field -> field.getKey() + ":" + field.getValue().strip() + "\n")
                .collect(Collectors.joining());
        var question = target.indexOf('?');
        var path = question < 0 ? target : target.substring(0, question);
        var canonical = String.join(
                "\n",
                method,
                path,
                question < 0 ? "" : query(target.substring(question + 1)),
                lines,
                names,
                fields.get("x-amz-content-sha256"));
        var text = String.join("\n", "AWS4-HMAC-SHA256", time, scope, sha256(canonical));
        fields.put(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=" + key + "/" + scope + ",SignedHeaders=" + names + ",Signature="
                        + HexFormat.of().formatHex(hmac(signing(scope), text)));
        return fields;
    }

    /** What a form has beside its policy. @param policy in base64 */
    Map<String, String> signedPolicy(String policy) {
        var time = TIME.format(clock.instant());
        var scope = time.substring(0, 8) + "/us-east-1/s3/aws4_request";
        return Map.of(
                "x-amz-algorithm",
                "AWS4-HMAC-SHA256",
                "x-amz-credential",
                key + "/" + scope,
                "x-amz-date",
                time,
                "x-amz-signature",
                HexFormat.of().formatHex(hmac(signing(scope), policy)));
    }

    private byte[] signing(String scope) {
        var signing = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (var part : scope.split("/")) {
            signing = hmac(signing, part);
        }
        return signing;
    }

    private static String query(String query) {
        return Stream.of(query.split("&"))
                .map(part -> part.contains("=") ? part : part + "=")
                .sorted()
                .collect(Collectors.joining("&"));
    }

    static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
