package io.triport.testkit;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/** A body that says how long it is, and should not be read. */
final class SizedContent extends StreamedContent {
    private final long size;
    private final AtomicBoolean read = new AtomicBoolean();

    SizedContent(long size) {
        this.size = size;
    }

    boolean read() {
        return read.get();
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
}
