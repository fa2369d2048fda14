package io.triport.identity.sigv4.body;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.InvalidInput;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A body of which no byte above a bound is handed on. */
final class BoundedPieces implements BodyPieces {
    private final BodyPieces pieces;
    private final ByteSize most;
    private long seen;

    BoundedPieces(BodyPieces pieces, ByteSize most) {
        this.pieces = pieces;
        this.most = most;
    }

    @Override
    public @Nullable ByteBuffer next(ByteBuffer piece) {
        var next = pieces.next(piece);
        seen += next == null ? 0 : next.remaining();
        if (seen > most.bytes()) {
            throw new InvalidInput("body", "at most " + most.bytes() + " bytes");
        }
        return next;
    }

    @Override
    public void finish() {
        pieces.finish();
    }

    @Override
    public Map<String, String> trailers() {
        return pieces.trailers();
    }
}
