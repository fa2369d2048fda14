package io.triport.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens that a shared secret signed. */
final class Tokens {
    static final String SECRET = "a secret of thirty-two bytes, at least";
    private static final long YEAR_2100 = 4_102_444_800L;

    private Tokens() {}

    /** A good one. */
    static String of(String subject) {
        return signed("{\"sub\":\"" + subject + "\",\"role\":\"admin\",\"exp\":" + YEAR_2100 + "}", SECRET);
    }

    static String signed(String claims, String secret) {
        var text = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8)) + "." + encode(claims.getBytes(UTF_8));
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return text + "." + encode(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
