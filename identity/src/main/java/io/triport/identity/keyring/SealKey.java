package io.triport.identity.keyring;

import io.triport.domain.identity.Secret;
import io.triport.domain.request.Bytes;
import io.triport.domain.time.Randomness;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that hides and protects with AES-256-GCM (NIST SP 800-38D) under a random nonce of 96 bits, which stands before what it
 * sealed. Not for more than 2^32 seals by one secret. Safe for many threads.
 */
public final class SealKey {
    static final int BYTES = 32;

    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final String id;
    private final SecretKey key;

    SealKey(String id, byte[] key) {
        this.id = id;
        this.key = new SecretKeySpec(key, "AES");
    }

    /** A key that is used as it is, where a form of tokens says so. @param key of 32 bytes */
    public static SealKey of(String id, Secret key) {
        if (key.size() != BYTES) {
            throw new IllegalArgumentException("key: " + key.size() + " bytes (expected: " + BYTES + ")");
        }
        return key.use(bytes -> new SealKey(id, bytes));
    }

    /** The id of the secret that it was made from. */
    public String id() {
        return id;
    }

    /** @param about what the sealed bytes belong to; they open for nothing else */
    public Bytes seal(Bytes plain, String about, Randomness randomness) {
        var nonce = randomness.bytes(NONCE_BYTES);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, about).doFinal(plain.toByteArray());
            return Bytes.copyOf(nonce).concat(Bytes.copyOf(sealed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** What was sealed; empty when another key, another matter or another byte was, without saying which. */
    public Optional<Bytes> open(Bytes sealed, String about) {
        if (sealed.size() < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
            return Optional.empty();
        }
        var nonce = sealed.slice(0, NONCE_BYTES).toByteArray();
        try {
            var rest = sealed.slice(NONCE_BYTES, sealed.size()).toByteArray();
            return Optional.of(
                    Bytes.copyOf(cipher(Cipher.DECRYPT_MODE, nonce, about).doFinal(rest)));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "SealKey[" + id + "]";
    }

    private Cipher cipher(int mode, byte[] nonce, String about) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(about.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
