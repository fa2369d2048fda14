package io.triport.storage.object;

import io.triport.storage.piece.Pieces;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Pieces with the reading that keeps their bytes there. */
record ReadPieces(Pieces pieces, ObjectIndex.Reading reading) implements Pieces {
    @Override
    public @Nullable ByteBuffer next() throws InterruptedException {
        return pieces.next();
    }

    @Override
    public void close() {
        try {
            pieces.close();
        } finally {
            reading.close();
        }
    }
}
