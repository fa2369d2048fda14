package io.triport.identity.sts;

import io.triport.domain.access.AccessKeyId;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.Sha256;
import io.triport.domain.time.Randomness;
import io.triport.identity.keyring.Base64Url;
import java.util.Arrays;
import java.util.Base64;

/** Names and secrets of sessions, in the forms that clients of AWS expect. */
record FreshKeys(Randomness randomness) {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int ID_BYTES = 10;
    private static final int SECRET_BYTES = 30;
    private static final int TOKEN_ID_BYTES = 12;

    AccessKeyId id() {
        return new AccessKeyId("ASIA" + base32(randomness.bytes(ID_BYTES)));
    }

    /** 40 characters of 240 random bits. */
    Secret secret() {
        return Secret.copyOf(Base64.getEncoder().encode(randomness.bytes(SECRET_BYTES)));
    }

    String tokenId() {
        return Base64Url.encode(randomness.bytes(TOKEN_ID_BYTES));
    }

    /** The same for a role wherever it is asked for. */
    static String roleId(String role) {
        return "AROA" + base32(Arrays.copyOf(Sha256.of(role), ID_BYTES));
    }

    /** Of 10 bytes 16 characters (RFC 4648 section 6). */
    private static String base32(byte[] bytes) {
        var text = new StringBuilder();
        var bits = 0;
        var held = 0;
        for (var octet : bytes) {
            held = held << Byte.SIZE | (octet & 0xFF);
            bits += Byte.SIZE;
            while (bits >= 5) {
                bits -= 5;
                text.append(BASE32.charAt(held >> bits & 0x1F));
            }
        }
        return text.toString();
    }
}
