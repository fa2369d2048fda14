package io.triport.storage.piece;

import io.triport.domain.request.ContentReader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Bytes that come piece by piece on a thread that may wait. For one thread. */
public interface Pieces extends AutoCloseable {
    /** The next piece, the caller's until it asks for another; null at the end. */
    @Nullable
    ByteBuffer next() throws InterruptedException;

    @Override
    void close();

    /** Pieces that the reader gives and is closed with. */
    static Pieces of(ContentReader reader) {
        return new Pieces() {
            @Override
            public @Nullable ByteBuffer next() throws InterruptedException {
                return reader.next();
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }
}
