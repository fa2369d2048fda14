package io.triport.storage.object;

import io.triport.domain.object.Slice;
import io.triport.domain.request.Bytes;
import io.triport.storage.piece.Pieces;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A slice of bytes in memory, in one piece. */
final class HeldPieces implements Pieces {
    private @Nullable ByteBuffer left;

    HeldPieces(Bytes bytes, Slice slice) {
        var piece = bytes.toByteBuffer().slice((int) slice.offset(), (int) slice.length());
        this.left = piece.hasRemaining() ? piece : null;
    }

    @Override
    public @Nullable ByteBuffer next() {
        var piece = left;
        left = null;
        return piece;
    }

    @Override
    public void close() {
        left = null;
    }
}
