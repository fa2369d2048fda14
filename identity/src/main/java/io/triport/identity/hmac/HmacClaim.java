package io.triport.identity.hmac;

import io.triport.domain.identity.Reason;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Headers;
import io.triport.domain.request.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;

/** What the five headers say, before any of it is believed. */
sealed interface HmacClaim {
    /** Something is missing, repeated or not of its form. */
    record Unreadable(Reason reason) implements HmacClaim {}

    /** All five are there once, and the timestamp is a number. */
    record Complete(
            String keyId, String timestampText, Instant timestamp, String nonce, String bodySha256, String signature)
            implements HmacClaim {
        /** In whole milliseconds, as the client counts: a timestamp on the edge of the window passes. */
        boolean within(Duration window, Instant now) {
            return Math.abs(now.toEpochMilli() - timestamp.toEpochMilli()) <= window.toMillis();
        }

        boolean matches(Bytes body) {
            var actual = Sha256.of(body).toHex();
            return MessageDigest.isEqual(
                    actual.getBytes(StandardCharsets.US_ASCII), bodySha256.getBytes(StandardCharsets.UTF_8));
        }

        /** Stands for the nonce in the ledger: of fixed length, however long the nonce, and of the same bytes that are signed. */
        Bytes nonceDigest() {
            var text = Bytes.copyOf(nonce.getBytes(StandardCharsets.UTF_8));
            return Sha256.of(text).slice(0, NONCE_DIGEST_BYTES);
        }
    }

    int NONCE_DIGEST_BYTES = 16;
    int MOST_TIMESTAMP_DIGITS = 16;

    static HmacClaim read(Headers headers) {
        for (var name : SigningHeaders.ALL) {
            var values = headers.all(name);
            if (values.size() != 1 || ScriptText.blank(values.getFirst())) {
                return new Unreadable(Reason.MISSING_HEADER);
            }
        }
        var timestamp = value(headers, SigningHeaders.TIMESTAMP);
        if (!digits(timestamp)) {
            return new Unreadable(Reason.INVALID_TIMESTAMP);
        }
        return new Complete(
                value(headers, SigningHeaders.KEY_ID),
                timestamp,
                Instant.ofEpochMilli(Long.parseLong(timestamp)),
                value(headers, SigningHeaders.NONCE),
                value(headers, SigningHeaders.BODY_SHA256),
                value(headers, SigningHeaders.SIGNATURE));
    }

    private static String value(Headers headers, String name) {
        return headers.all(name).getFirst();
    }

    private static boolean digits(String text) {
        return text.length() <= MOST_TIMESTAMP_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
