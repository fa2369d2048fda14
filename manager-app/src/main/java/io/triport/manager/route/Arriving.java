package io.triport.manager.route;

import io.triport.domain.request.ContentReader;
import io.triport.manager.answer.Problem;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A body as a stream, bounded; for the one thread that waits for it. */
final class Arriving extends InputStream {
    private final ContentReader reader;
    private final long most;
    private @Nullable ByteBuffer piece;
    private long taken;

    Arriving(ContentReader reader, long most) {
        this.reader = reader;
        this.most = most;
    }

    @Override
    public int read() {
        var now = present();
        return now == null ? -1 : now.get() & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) {
        Objects.checkFromIndexSize(from, length, into.length);
        if (length == 0) {
            return 0;
        }
        var now = present();
        if (now == null) {
            return -1;
        }
        var count = Math.min(length, now.remaining());
        now.get(into, from, count);
        return count;
    }

    @Override
    public void close() {
        reader.close();
    }

    /** A piece with something in it; null at the end. */
    private @Nullable ByteBuffer present() {
        try {
            while (piece == null || !piece.hasRemaining()) {
                piece = reader.next();
                if (piece == null) {
                    return null;
                }
                taken += piece.remaining();
                if (taken > most) {
                    throw Problem.PAYLOAD_TOO_LARGE.refused();
                }
            }
            return piece;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.REQUEST_TIMEOUT.refused();
        }
    }
}
