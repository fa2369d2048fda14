package io.triport.testkit;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import java.util.concurrent.atomic.AtomicBoolean;

/** A body that streams, of which a test says what it gives. */
public abstract class StreamedContent implements Content {
    private final AtomicBoolean closed = new AtomicBoolean();

    public final boolean closed() {
        return closed.get();
    }

    @Override
    public final Content limitedTo(ByteSize most) {
        throw new UnsupportedOperationException("limit: " + most);
    }

    @Override
    public final Bytes buffered() {
        throw new IllegalStateException("content: streams");
    }

    @Override
    public final void close() {
        closed.set(true);
    }
}
