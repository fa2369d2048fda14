package io.triport.storage.object;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.Slice;
import io.triport.storage.piece.Pieces;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A slice of an object that lies in parts, which stay until this is closed. One of them is open at a time. */
final class PartPieces implements Pieces {
    private final ObjectIndex index;
    private final ObjectBytes bytes;
    private final long upload;
    private final Runnable whenClosed;
    private long offset;
    private long left;
    private @Nullable RunPieces part;
    private boolean closed;

    PartPieces(ObjectIndex index, ObjectBytes bytes, long upload, Slice slice, Runnable whenClosed) {
        this.index = index;
        this.bytes = bytes;
        this.upload = upload;
        this.offset = slice.offset();
        this.left = slice.length();
        this.whenClosed = whenClosed;
    }

    /** Opens the first part, so that what cannot be read is known before anything was said of it. Closed when it fails. */
    PartPieces begun() {
        try {
            if (left > 0) {
                part = open();
            }
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public @Nullable ByteBuffer next() {
        while (left > 0) {
            if (part == null) {
                part = open();
            }
            var piece = part.next();
            if (piece != null) {
                offset += piece.remaining();
                left -= piece.remaining();
                return piece;
            }
            closePart();
        }
        if (part != null) {
            part.next(); // tells it that nobody has its last piece any more
            closePart();
        }
        return null;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            closePart();
            whenClosed.run();
        }
    }

    private RunPieces open() {
        var row = index.read(rows -> rows.partAt(upload, offset))
                .orElseThrow(() -> new StorageFailure.Corrupt("object: a part is missing"));
        var from = offset - row.offset();
        var slice = new Slice(from, Math.min(left, row.size() - from));
        var source = bytes.open(row.bytes(), row.size(), slice)
                .orElseThrow(() -> new StorageFailure.Corrupt("object: the bytes of a part are missing"));
        return new RunPieces(source, slice);
    }

    private void closePart() {
        if (part != null) {
            part.close();
            part = null;
        }
    }
}
