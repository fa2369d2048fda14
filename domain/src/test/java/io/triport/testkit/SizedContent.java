package io.triport.testkit;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/** A body that says how long it is, and should not be read. */
final class SizedContent implements Content {
    private final long size;
    private final AtomicBoolean read = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    SizedContent(long size) {
        this.size = size;
    }

    boolean read() {
        return read.get();
    }

    boolean closed() {
        return closed.get();
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(size);
    }

    @Override
    public Flow.Publisher<ByteBuffer> bytes() {
        read.set(true);
        throw new IllegalStateException("content: read");
    }

    @Override
    public Content limitedTo(ByteSize most) {
        throw new UnsupportedOperationException("limit: " + most);
    }

    @Override
    public Bytes buffered() {
        throw new IllegalStateException("content: streams");
    }

    @Override
    public void close() {
        closed.set(true);
    }
}
