package io.triport.storage.object;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.storage.piece.Pieces;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pieces of which the first are held back, in case there are no more than a few bytes. For one thread. */
final class Few implements Pieces {
    private final Pieces from;
    private final ByteBuffer first;
    private @Nullable ByteBuffer held;
    private @Nullable ByteBuffer next;

    /** @param most bytes that are few, 0 for none ever */
    Few(Pieces from, int most) {
        this.from = from;
        this.first = ByteBuffer.allocate(most);
    }

    /** All bytes, where they are few; else they are read from here, from the first one on. To be asked once, and first. */
    Optional<Bytes> whole() {
        if (first.capacity() == 0) {
            return Optional.empty();
        }
        try {
            for (var piece = from.next(); piece != null; piece = from.next()) {
                if (piece.remaining() > first.remaining()) {
                    held = first.flip();
                    next = piece;
                    return Optional.empty();
                }
                first.put(piece.duplicate());
            }
            return Optional.of(Bytes.from(first.flip()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "object: interrupted", e);
        }
    }

    @Override
    public @Nullable ByteBuffer next() throws InterruptedException {
        if (held != null) {
            var piece = held;
            held = null;
            if (piece.hasRemaining()) {
                return piece;
            }
        }
        if (next != null) {
            var piece = next;
            next = null;
            return piece;
        }
        return from.next();
    }

    @Override
    public void close() {
        from.close();
    }
}
