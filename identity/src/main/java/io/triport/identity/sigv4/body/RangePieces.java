package io.triport.identity.sigv4.body;

import io.triport.domain.request.BodyRefused;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A body that is handed on as it is and must be of a length between two bounds. */
final class RangePieces implements BodyPieces {
    private final long least;
    private final long most;
    private long seen;

    RangePieces(long least, long most) {
        this.least = least;
        this.most = most;
    }

    @Override
    public @Nullable ByteBuffer next(ByteBuffer piece) {
        if (!piece.hasRemaining()) {
            return null;
        }
        seen += piece.remaining();
        if (seen > most) {
            throw new BodyRefused(BodyRefused.Why.TOO_LARGE, "Your proposed upload exceeds the maximum allowed size");
        }
        var whole = piece.slice();
        piece.position(piece.limit());
        return whole;
    }

    @Override
    public void finish() {
        if (seen < least) {
            throw new BodyRefused(
                    BodyRefused.Why.TOO_SMALL, "Your proposed upload is smaller than the minimum allowed size");
        }
    }
}
