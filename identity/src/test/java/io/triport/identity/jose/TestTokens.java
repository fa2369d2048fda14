package io.triport.identity.jose;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens of any header and payload, also wrong ones. */
public final class TestTokens {
    public static final String SECRET = "0123456789abcdef0123456789abcdef";

    /** What signs the first two segments. */
    @FunctionalInterface
    public interface Signer {
        byte[] sign(byte[] text) throws GeneralSecurityException;
    }

    private TestTokens() {}

    public static String hs256(String claims) {
        return signed("{\"alg\":\"HS256\"}", claims, hmac("HmacSHA256", SECRET));
    }

    public static String signed(String header, String payload, Signer signer) {
        var text = base64(header.getBytes(StandardCharsets.UTF_8)) + "."
                + base64(payload.getBytes(StandardCharsets.UTF_8));
        try {
            return text + "." + base64(signer.sign(text.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static Signer hmac(String algorithm, String secret) {
        return text -> {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(text);
        };
    }

    public static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
