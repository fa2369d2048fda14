package io.triport.identity.signed;

import io.triport.domain.identity.Reason;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Headers;
import io.triport.domain.request.Method;
import io.triport.domain.request.RawTarget;
import io.triport.domain.request.Sha256;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The form with five headers: its names, its canonical text, and how it is read. */
final class HeaderForm {
    static final String KEY_ID = "x-key-id";
    static final String TIMESTAMP = "x-timestamp";
    static final String NONCE = "x-nonce";
    static final String BODY_SHA256 = "x-body-sha256";
    static final String SIGNATURE = "x-signature";

    static final List<String> ALL = List.of(KEY_ID, TIMESTAMP, NONCE, BODY_SHA256, SIGNATURE);

    private static final int MOST_TIMESTAMP_DIGITS = 16;
    private static final int SHA256_BYTES = 32;

    private HeaderForm() {}

    static boolean present(Headers headers) {
        return ALL.stream().anyMatch(headers::has);
    }

    static SignatureClaim read(Fetch request) {
        var headers = request.headers();
        for (var name : ALL) {
            if (!headers.has(name)) {
                return new SignatureClaim.Unreadable(Reason.MISSING_HEADER);
            }
            if (headers.all(name).size() > 1) {
                return new SignatureClaim.Unreadable(Reason.AMBIGUOUS_CREDENTIALS);
            }
        }
        var timestamp = value(headers, TIMESTAMP);
        if (!timestamp.matches("[0-9]{1," + MOST_TIMESTAMP_DIGITS + "}")) {
            return new SignatureClaim.Unreadable(Reason.INVALID_TIMESTAMP);
        }
        var nonce = value(headers, NONCE);
        var hash = lowerHex(value(headers, BODY_SHA256));
        var signature = signature(value(headers, SIGNATURE));
        if (!SignatureClaim.nonceAllowed(nonce) || hash.isEmpty() || signature.isEmpty()) {
            return new SignatureClaim.Unreadable(Reason.SIGNATURE_MALFORMED);
        }
        return new SignatureClaim.Complete(
                value(headers, KEY_ID),
                Set.of(SignatureAlgorithm.HMAC_SHA256),
                Instant.ofEpochMilli(Long.parseLong(timestamp)),
                Instant.MAX,
                nonce,
                canonical(request.method(), request.target(), timestamp, nonce, value(headers, BODY_SHA256)),
                signature.get(),
                body -> MessageDigest.isEqual(hash.get().toByteArray(), Sha256.of(body.toByteArray())));
    }

    /** Six lines, with no line feed at the end; the query is without its question mark, and empty when there is none. */
    static String canonical(Method method, RawTarget target, String timestamp, String nonce, String bodySha256) {
        var query = target.search().isEmpty() ? "" : target.search().substring(1);
        return String.join("\n", method.text(), target.path(), query, timestamp, nonce, bodySha256);
    }

    private static String value(Headers headers, String name) {
        return headers.all(name).getFirst();
    }

    /** Hexadecimal or base64url; their lengths differ. Each signature has one spelling in each. */
    private static Optional<Bytes> signature(String text) {
        if (text.length() == 2 * SHA256_BYTES) {
            return lowerHex(text);
        }
        try {
            var decoded = Base64.getUrlDecoder().decode(text);
            var canonical = Base64.getUrlEncoder().withoutPadding().encodeToString(decoded);
            return decoded.length == SHA256_BYTES && canonical.equals(text)
                    ? Optional.of(Bytes.copyOf(decoded))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Bytes> lowerHex(String text) {
        return text.matches("[0-9a-f]{64}")
                ? Optional.of(Bytes.copyOf(HexFormat.of().parseHex(text)))
                : Optional.empty();
    }
}
