package io.triport.storage.piece;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.testkit.ContentContract;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

final class PiecedContentContractTest extends ContentContract.OfOneReader {
    private static final int PIECE = 1_000;

    @Override
    protected Content content(Bytes whole) {
        return new PiecedContent(new Reused(whole), whole.size());
    }

    /** All pieces come in one and the same buffer, as they do from a file. */
    private static final class Reused implements Pieces {
        private final Bytes whole;
        private final ByteBuffer buffer = ByteBuffer.allocate(PIECE);
        private int at;

        private Reused(Bytes whole) {
            this.whole = whole;
        }

        @Override
        public @Nullable ByteBuffer next() {
            buffer.clear();
            while (buffer.hasRemaining()) {
                buffer.put((byte) '!');
            }
            var end = Math.min(whole.size(), at + PIECE);
            if (end == at) {
                return null;
            }
            buffer.clear().put(whole.slice(at, end).toByteBuffer()).flip();
            at = end;
            return buffer;
        }

        @Override
        public void close() {
            // Memory only: nothing to give back.
        }
    }
}
