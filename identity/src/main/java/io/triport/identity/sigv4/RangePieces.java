package io.triport.identity.sigv4;

import io.triport.domain.request.BodyRefused;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A file that is handed on as it is and must be of a length that the policy of its form allows. */
final class RangePieces implements BodyPieces {
    private final PolicyCondition.LengthRange range;
    private long seen;

    RangePieces(PolicyCondition.LengthRange range) {
        this.range = range;
    }

    @Override
    public @Nullable ByteBuffer next(ByteBuffer piece) {
        if (!piece.hasRemaining()) {
            return null;
        }
        seen += piece.remaining();
        if (seen > range.most()) {
            throw new BodyRefused(BodyRefused.Why.TOO_LARGE, "Your proposed upload exceeds the maximum allowed size");
        }
        var whole = piece.slice();
        piece.position(piece.limit());
        return whole;
    }

    @Override
    public void finish() {
        if (seen < range.least()) {
            throw new BodyRefused(
                    BodyRefused.Why.TOO_SMALL, "Your proposed upload is smaller than the minimum allowed size");
        }
    }
}
