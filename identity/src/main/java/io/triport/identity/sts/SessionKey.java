package io.triport.identity.sts;

import io.triport.domain.identity.Secret;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Sha256;
import io.triport.identity.keyring.SealKey;
import java.util.Base64;
import java.util.regex.Pattern;

/** A key that session tokens are sealed with. Immutable. */
public final class SessionKey {
    private static final Pattern KID = Pattern.compile("[A-Za-z0-9_-]{1,32}");
    private static final int BYTES = 32;
    private static final int KID_DIGITS = 8;

    private final String kid;
    private final Secret secret;

    private SessionKey(String kid, Secret secret) {
        this.kid = kid;
        this.secret = secret;
    }

    /** @param base64 of 32 bytes @throws InvalidInput for another id or length */
    public static SessionKey of(String kid, String base64) {
        if (!KID.matcher(kid).matches()) {
            throw new InvalidInput("kid", "1..32 letters, digits, - and _");
        }
        return new SessionKey(kid, secret(base64));
    }

    /** Under the first 8 hexadecimal digits of the key's SHA-256. @throws InvalidInput for another length */
    public static SessionKey of(String base64) {
        var secret = secret(base64);
        return new SessionKey(secret.use(SessionKey::digits), secret);
    }

    public String kid() {
        return kid;
    }

    SealKey seal() {
        return SealKey.of(kid, secret);
    }

    @Override
    public String toString() {
        return "SessionKey[" + kid + "]";
    }

    private static Secret secret(String base64) {
        try {
            var text = base64.strip().replace('-', '+').replace('_', '/');
            var bytes = Base64.getDecoder().decode(text);
            if (bytes.length != BYTES) {
                throw new InvalidInput("session key", "32 bytes in base64, such as openssl rand -base64 32 makes");
            }
            return Secret.copyOf(bytes);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("session key", "32 bytes in base64, such as openssl rand -base64 32 makes");
        }
    }

    private static String digits(byte[] bytes) {
        return Sha256.hex(bytes).substring(0, KID_DIGITS);
    }
}
