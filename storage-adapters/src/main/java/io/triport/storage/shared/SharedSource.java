package io.triport.storage.shared;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.Slice;
import io.triport.domain.request.ContentReader;
import io.triport.storage.object.ObjectBytes;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A slice of a run that is being read, from its beginning to its end. */
final class SharedSource implements ObjectBytes.Source {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final @Nullable ContentReader reader;
    private ByteBuffer piece = NOTHING;
    private long at;

    /** @param reader of the slice, which is closed with it; null for a slice of nothing */
    SharedSource(Slice slice, @Nullable ContentReader reader) {
        this.reader = reader;
        this.at = slice.offset();
    }

    @Override
    public ByteBuffer read(long offset, long most) {
        if (offset != at) {
            throw new IllegalArgumentException("offset: " + offset + " (expected: " + at + ")");
        }
        while (!piece.hasRemaining()) {
            piece = next();
        }
        var length = (int) Math.min(most, piece.remaining());
        var part = piece.slice(piece.position(), length);
        piece.position(piece.position() + length);
        at += length;
        return part;
    }

    @Override
    public void done() {
        piece = NOTHING;
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
    }

    private ByteBuffer next() {
        try {
            var next = reader == null ? null : reader.next();
            if (next == null) {
                throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "object: its bytes end too early");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "object: interrupted", e);
        }
    }
}
