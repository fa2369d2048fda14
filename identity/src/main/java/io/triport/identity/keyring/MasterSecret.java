package io.triport.identity.keyring;

import io.triport.domain.identity.Secret;
import io.triport.domain.request.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * A secret from which the keys of all purposes are made by HKDF with SHA-256 (RFC 5869) without salt and with {@code
 * triport/<purpose>} as information. Immutable.
 */
public final class MasterSecret {
    /** Fewer bytes are refused. */
    public static final int LEAST_BYTES = 32;

    private static final Purpose ID = new Purpose("key-id");
    private static final String INFORMATION = "triport/";
    private static final int ID_BYTES = 6;

    private final Secret secret;
    private final String id;

    private MasterSecret(Secret secret) {
        this.secret = secret;
        this.id = Base64Url.encode(derive(ID, ID_BYTES));
    }

    /** @throws InvalidInput for fewer than 32 bytes, and for bytes that repeat so much that a person must have made them up */
    public static MasterSecret of(Secret secret) {
        if (secret.size() < LEAST_BYTES || secret.use(MasterSecret::madeUp)) {
            throw new InvalidInput(
                    "secret", LEAST_BYTES + " random bytes or more, such as openssl rand -base64 32 makes");
        }
        return new MasterSecret(secret);
    }

    /** Tells two secrets apart without telling them: 8 characters that are made from the secret. */
    public String id() {
        return id;
    }

    public MacKey mac(Purpose purpose) {
        return new MacKey(id, derive(purpose, MacKey.BYTES));
    }

    public SealKey seal(Purpose purpose) {
        return new SealKey(id, derive(purpose, SealKey.BYTES));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MasterSecret that && secret.equals(that.secret);
    }

    @Override
    public int hashCode() {
        return secret.hashCode();
    }

    @Override
    public String toString() {
        return "MasterSecret[" + id + "]";
    }

    private byte[] derive(Purpose purpose, int length) {
        var information = (INFORMATION + purpose.text()).getBytes(StandardCharsets.US_ASCII);
        return secret.use(bytes -> {
            try {
                var parameters = HKDFParameterSpec.ofExtract().addIKM(bytes).thenExpand(information, length);
                return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Java 25 has HKDF-SHA256", e);
            }
        });
    }

    /** Of 32 random bytes some 30 differ, of 32 hexadecimal digits some 14; fewer than 8 is no chance. */
    private static boolean madeUp(byte[] bytes) {
        var seen = new boolean[256];
        var different = 0;
        for (var each : bytes) {
            different += seen[each & 0xFF] ? 0 : 1;
            seen[each & 0xFF] = true;
        }
        return different < 8;
    }
}
