package io.triport.identity.hmac;

import io.triport.domain.identity.Secret;
import io.triport.domain.request.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A shared secret, used as text: trimmed at both ends and encoded as UTF-8, never decoded from hex or base64 (KV remote
 * protocol, section 2). Safe for many threads.
 */
public final class HmacSecret {
    /** Below this many bytes a secret is warned about. */
    public static final int STRONG_BYTES = 32;

    /** Below this many bytes a secret is refused. */
    public static final int LEAST_BYTES = 16;

    private static final String ALGORITHM = "HmacSHA256";

    private final Secret secret;
    private final Mac keyed;

    private HmacSecret(Secret secret) {
        this.secret = secret;
        this.keyed = secret.use(HmacSecret::keyed);
    }

    /** @throws InvalidInput when fewer than 16 bytes remain after trimming */
    public static HmacSecret of(String text) {
        var secret = Secret.of(ScriptText.trim(text));
        if (secret.size() < LEAST_BYTES) {
            throw new InvalidInput("secret", LEAST_BYTES + " bytes or more, " + STRONG_BYTES + " advised");
        }
        return new HmacSecret(secret);
    }

    public boolean weak() {
        return secret.size() < STRONG_BYTES;
    }

    /** The signature of a canonical text: 64 lower-case hexadecimal digits. */
    public String sign(CanonicalRequest request) {
        return HexFormat.of().formatHex(mac(request));
    }

    /** Whether the signature is the one of the canonical text; takes the same time wherever the two differ. */
    boolean signs(CanonicalRequest request, String signature) {
        return MessageDigest.isEqual(
                sign(request).getBytes(StandardCharsets.US_ASCII), signature.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HmacSecret that && secret.equals(that.secret);
    }

    @Override
    public int hashCode() {
        return secret.hashCode();
    }

    @Override
    public String toString() {
        return "HmacSecret[" + secret.size() + " bytes]";
    }

    /** A clone of a keyed MAC that is never updated itself: cheaper than keying one anew, and shared by no two threads. */
    private byte[] mac(CanonicalRequest request) {
        try {
            return ((Mac) keyed.clone()).doFinal(request.bytes());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's HmacSHA256 can be cloned", e);
        }
    }

    private static Mac keyed(byte[] bytes) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
