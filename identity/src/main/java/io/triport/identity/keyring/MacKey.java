package io.triport.identity.keyring;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key that signs and verifies with HMAC-SHA-256. Safe for many threads. */
public final class MacKey {
    static final int BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final String id;
    private final Mac keyed;

    MacKey(String id, byte[] key) {
        this.id = id;
        this.keyed = keyed(key);
    }

    /** The id of the secret that it was made from. */
    public String id() {
        return id;
    }

    /** 32 bytes. */
    public byte[] sign(byte[] message) {
        try {
            // A clone of a keyed MAC that is never updated itself: cheaper than keying anew, and shared by no two
            // threads.
            return ((Mac) keyed.clone()).doFinal(message);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's HmacSHA256 can be cloned", e);
        }
    }

    public byte[] sign(String message) {
        return sign(message.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the signature is the message's; takes the same time wherever the two differ. */
    public boolean signed(String message, byte[] signature) {
        return MessageDigest.isEqual(sign(message), signature);
    }

    @Override
    public String toString() {
        return "MacKey[" + id + "]";
    }

    private static Mac keyed(byte[] key) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
