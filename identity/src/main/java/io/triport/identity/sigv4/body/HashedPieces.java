package io.triport.identity.sigv4.body;

import io.triport.domain.request.BodyRefused;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A body that is handed on as it is and must hash to what was signed. */
final class HashedPieces implements BodyPieces {
    private final Bytes expected;
    private final MessageDigest digest = Sha256.begun();

    HashedPieces(Bytes expected) {
        this.expected = expected;
    }

    @Override
    public @Nullable ByteBuffer next(ByteBuffer piece) {
        if (!piece.hasRemaining()) {
            return null;
        }
        var whole = piece.slice();
        digest.update(piece);
        return whole;
    }

    @Override
    public void finish() {
        if (!MessageDigest.isEqual(digest.digest(), expected.toByteArray())) {
            throw new BodyRefused(
                    BodyRefused.Why.HASH_MISMATCH,
                    "The provided 'x-amz-content-sha256' header does not match what was computed.");
        }
    }
}
