package io.triport.identity.verified;

import io.triport.domain.request.Sha256;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** SHA-256 of a mechanism and a credential of it, which stands for the credential. Immutable. */
final class CredentialDigest {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    private CredentialDigest(byte[] digest) {
        this.first = (long) LONGS.get(digest, 0);
        this.second = (long) LONGS.get(digest, 8);
        this.third = (long) LONGS.get(digest, 16);
        this.fourth = (long) LONGS.get(digest, 24);
    }

    /** A digest that has read what comes before every credential of one mechanism; to be cloned, and never updated itself. */
    static MessageDigest begun(String mechanism, long number) {
        var digest = Sha256.begun();
        digest.update((mechanism + "\n" + number + "\n").getBytes(StandardCharsets.UTF_8));
        return digest;
    }

    static CredentialDigest of(MessageDigest begun, String credential) {
        try {
            var digest = (MessageDigest) begun.clone();
            return new CredentialDigest(digest.digest(credential.getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 can be cloned", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CredentialDigest that
                && first == that.first
                && second == that.second
                && third == that.third
                && fourth == that.fourth;
    }

    @Override
    public int hashCode() {
        return (int) first;
    }
}
