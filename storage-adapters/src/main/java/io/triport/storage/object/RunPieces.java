package io.triport.storage.object;

import io.triport.domain.object.Slice;
import io.triport.storage.piece.Pieces;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A slice of one run of bytes. */
final class RunPieces implements Pieces {
    private final ObjectBytes.Source source;
    private long offset;
    private long left;

    RunPieces(ObjectBytes.Source source, Slice slice) {
        this.source = source;
        this.offset = slice.offset();
        this.left = slice.length();
    }

    @Override
    public @Nullable ByteBuffer next() {
        if (left == 0) {
            source.done();
            return null;
        }
        var piece = source.read(offset, left);
        offset += piece.remaining();
        left -= piece.remaining();
        return piece;
    }

    @Override
    public void close() {
        source.close();
    }
}
