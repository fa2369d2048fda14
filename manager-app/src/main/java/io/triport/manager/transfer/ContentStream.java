package io.triport.manager.transfer;

import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;

/** A body to be read as a stream, on a thread that may wait; owns the body. Not safe for many threads. */
public final class ContentStream extends InputStream {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final ContentReader body;
    private ByteBuffer piece = NOTHING;
    private boolean ended;

    public ContentStream(Content body) {
        this.body = new ContentReader(body);
    }

    @Override
    public int read() throws InterruptedIOException {
        return advance() ? piece.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] buffer, int from, int count) throws InterruptedIOException {
        if (count == 0) {
            return 0;
        }
        if (!advance()) {
            return -1;
        }
        var taken = Math.min(count, piece.remaining());
        piece.get(buffer, from, taken);
        return taken;
    }

    @Override
    public void close() {
        body.close();
    }

    private boolean advance() throws InterruptedIOException {
        try {
            while (!ended && !piece.hasRemaining()) {
                var next = body.next();
                ended = next == null;
                piece = next == null ? NOTHING : next;
            }
            return !ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
