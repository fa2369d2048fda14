package io.triport.storage.s3;

import io.triport.domain.identity.Secret;
import io.triport.domain.request.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signature Version 4 in a header (Amazon S3 API reference, "Authenticating requests: using the authorization header"). Paths
 * are signed as they are sent.
 */
final class Signature {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String HMAC = "HmacSHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern BLANKS = Pattern.compile(" {2,}");
    private static final int DATE_LENGTH = 8;

    private final String region;
    private final String service;
    private final String time;

    Signature(String region, String service, Instant at) {
        this.region = region;
        this.service = service;
        this.time = time(at);
    }

    /** What is signed. @param path percent-encoded @param query decoded @param headers by name in lower case */
    record Signed(
            String method,
            String path,
            List<Map.Entry<String, String>> query,
            SortedMap<String, String> headers,
            String payloadHash) {
        String headerNames() {
            return String.join(";", headers.keySet());
        }

        String canonical() {
            var lines = headers.entrySet().stream()
                    .map(field -> field.getKey() + ":" + collapsed(field.getValue()) + "\n")
                    .collect(Collectors.joining());
            return String.join("\n", method, path, canonicalQuery(), lines, headerNames(), payloadHash);
        }

        private String canonicalQuery() {
            return query.stream()
                    .map(entry -> Map.entry(UrlText.encoded(entry.getKey()), UrlText.encoded(entry.getValue())))
                    .sorted(Map.Entry.<String, String>comparingByKey()
                            .thenComparing(Map.Entry::getValue, Comparator.naturalOrder()))
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .collect(Collectors.joining("&"));
        }

        private static String collapsed(String value) {
            return BLANKS.matcher(value.strip()).replaceAll(" ");
        }
    }

    static String time(Instant at) {
        return TIME.format(at);
    }

    String stringToSign(Signed request) {
        return String.join(
                "\n", ALGORITHM, time, scope(), Sha256.hex(request.canonical().getBytes(StandardCharsets.UTF_8)));
    }

    String signature(Signed request, Secret secret) {
        return signed(request, key(secret));
    }

    /** What a secret makes of this day, region and service, and of nothing else. */
    Secret key(Secret secret) {
        byte[] first = secret.use(bytes -> {
            var prefixed = new byte[bytes.length + 4];
            System.arraycopy("AWS4".getBytes(StandardCharsets.US_ASCII), 0, prefixed, 0, 4);
            System.arraycopy(bytes, 0, prefixed, 4, bytes.length);
            return hmac(prefixed, date());
        });
        return Secret.copyOf(hmac(hmac(hmac(first, region), service), "aws4_request"));
    }

    private String signed(Signed request, Secret key) {
        return key.use(bytes -> HexFormat.of().formatHex(hmac(bytes, stringToSign(request))));
    }

    /** The value of {@code Authorization}. @param key {@link #key} of the secret */
    String authorization(Signed request, String id, Secret key) {
        return ALGORITHM + " Credential=" + id + "/" + scope() + ", SignedHeaders=" + request.headerNames()
                + ", Signature=" + signed(request, key);
    }

    private String date() {
        return time.substring(0, DATE_LENGTH);
    }

    String scope() {
        return date() + "/" + region + "/" + service + "/aws4_request";
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("HMAC-SHA256 (expected: every JDK has it)", e);
        }
    }
}
