package io.triport.storage.postgresql;

import io.triport.domain.request.Bytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** SHA-256 over parts joined with their lengths, so that no two lists of parts share a digest by moving a boundary. */
final class Digest {
    private Digest() {}

    static Bytes of(Bytes... parts) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                sha256.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(part.size()).flip());
                sha256.update(part.toByteBuffer());
            }
            return Bytes.copyOf(sha256.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
