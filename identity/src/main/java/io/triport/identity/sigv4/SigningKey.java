package io.triport.identity.sigv4;

import io.triport.domain.identity.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key of one day, region and service that is made from a secret. Safe for many threads. */
final class SigningKey {
    private static final String MAC = "HmacSHA256";

    private final Mac keyed;

    private SigningKey(byte[] key) {
        this.keyed = keyed(key);
    }

    /** Derives the key (Signature Version 4 for API requests, Calculate the signature). */
    static SigningKey of(Secret secret, CredentialScope scope) {
        return secret.use(bytes -> {
            var prefix = "AWS4".getBytes(StandardCharsets.US_ASCII);
            var start = java.util.Arrays.copyOf(prefix, prefix.length + bytes.length);
            System.arraycopy(bytes, 0, start, prefix.length, bytes.length);
            try {
                var date = mac(start, scope.date());
                var region = mac(date, scope.region());
                var service = mac(region, scope.service());
                return new SigningKey(mac(service, AwsNames.TERMINATOR));
            } finally {
                java.util.Arrays.fill(start, (byte) 0);
            }
        });
    }

    /** 64 lower-case hexadecimal digits. */
    String sign(String text) {
        try {
            return HexFormat.of().formatHex(((Mac) keyed.clone()).doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's HmacSHA256 can be cloned", e);
        }
    }

    /** Takes the same time wherever the two differ. */
    boolean signs(String text, String signature) {
        return WireText.same(sign(text), signature);
    }

    @Override
    public String toString() {
        return "SigningKey";
    }

    private static byte[] mac(byte[] key, String text) {
        return keyed(key).doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Mac keyed(byte[] key) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
