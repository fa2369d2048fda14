package io.triport.domain.cursor;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Sha256;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes cursors, and opens only those: any change, another listing, or an age above 24 hours is refused (storage contract,
 * section 1.4). Nodes that share data share the key. Safe for many threads.
 */
public final class CursorSeal {
    /*
     * Layout: version (1), issued in epoch seconds (8), scope digest (16), position (any), MAC (16), all in base64url. The
     * scope is only a digest: its parts are known to whoever opens the cursor, and a cursor stays below 2048 characters.
     */
    private static final byte VERSION = 1;
    private static final int DIGEST = 16;
    private static final int HEAD = 1 + Long.BYTES + DIGEST;
    private static final int MAC = 16;
    private static final int MOST_CHARACTERS = 2_048;
    private static final int KEY_BYTES = 32;
    private static final Duration LONGEST = Duration.ofHours(24);

    private final SecretKeySpec key;
    private final Clock clock;

    /** @param key 32 bytes, kept by the engine beside its data */
    public CursorSeal(Bytes key, Clock clock) {
        if (key.size() != KEY_BYTES) {
            throw new IllegalArgumentException("key: " + key.size() + " bytes (expected: " + KEY_BYTES + ")");
        }
        this.key = new SecretKeySpec(key.toByteArray(), "HmacSHA256");
        this.clock = clock;
    }

    public Cursor seal(CursorScope scope, Bytes position) {
        var body = ByteBuffer.allocate(HEAD + position.size())
                .put(VERSION)
                .putLong(clock.instant().getEpochSecond())
                .put(digest(scope))
                .put(position.toByteBuffer())
                .array();
        var whole = Arrays.copyOf(body, body.length + MAC);
        System.arraycopy(mac(body), 0, whole, body.length, MAC);
        return new Cursor(Base64.getUrlEncoder().withoutPadding().encodeToString(whole));
    }

    /** The position that was sealed. @throws StorageFailure.Rejected BAD_CURSOR */
    public Bytes open(CursorScope scope, Cursor cursor) {
        var whole = decode(cursor.text());
        if (whole.length < HEAD + MAC
                || !Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(whole)
                        .equals(cursor.text())) {
            throw bad();
        }
        var body = Arrays.copyOf(whole, whole.length - MAC);
        var authentic = MessageDigest.isEqual(mac(body), Arrays.copyOfRange(whole, body.length, whole.length));
        if (!authentic || body[0] != VERSION) {
            throw bad();
        }
        var issued = Instant.ofEpochSecond(ByteBuffer.wrap(body).getLong(1));
        var itsScope = Arrays.copyOfRange(body, 1 + Long.BYTES, HEAD);
        if (issued.plus(LONGEST).isBefore(clock.instant()) || !MessageDigest.isEqual(digest(scope), itsScope)) {
            throw bad();
        }
        return Bytes.copyOf(Arrays.copyOfRange(body, HEAD, body.length));
    }

    private static byte[] decode(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw bad();
        }
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw bad();
        }
    }

    private static byte[] digest(CursorScope scope) {
        var whole = Sha256.ofParts(Bytes.utf8(scope.port().text()), Bytes.utf8(scope.resource()), scope.arguments());
        return whole.slice(0, DIGEST).toByteArray();
    }

    private byte[] mac(byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(body), MAC);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static StorageFailure.Rejected bad() {
        return new StorageFailure.Rejected(
                FailureCode.BAD_CURSOR, "cursor: not of this listing, altered, or older than 24 h");
    }
}
