package io.triport.storage.s3;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Bytes that are made when they are asked for, in one buffer that is used again; may end badly. */
final class PieceContent implements Content {
    private static final int PIECE = 65_536;

    private final long length;
    private final @Nullable RuntimeException end;
    private final AtomicLong given = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();

    private PieceContent(long length, @Nullable RuntimeException end) {
        this.length = length;
        this.end = end;
    }

    static PieceContent of(long length) {
        return new PieceContent(length, null);
    }

    /** All bytes come, and then the failure in place of the end. */
    static PieceContent failing(long length, RuntimeException end) {
        return new PieceContent(length, end);
    }

    static byte at(long index) {
        return (byte) (index * 31 + index / PIECE);
    }

    static Bytes bytes(int length) {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++) {
            bytes[i] = at(i);
        }
        return Bytes.copyOf(bytes);
    }

    long given() {
        return given.get();
    }

    boolean closed() {
        return closed.get();
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(length);
    }

    @Override
    public Flow.Publisher<ByteBuffer> bytes() {
        return sink -> sink.onSubscribe(new Flow.Subscription() {
            private final byte[] buffer = new byte[PIECE];
            private boolean done;

            @Override
            public void request(long count) {
                if (count != 1) {
                    throw new IllegalArgumentException("count: " + count + " (expected: 1)");
                }
                if (done) {
                    return;
                }
                var from = given.get();
                if (from == length) {
                    done = true;
                    if (end == null) {
                        sink.onComplete();
                    } else {
                        sink.onError(end);
                    }
                    return;
                }
                var size = (int) Math.min(PIECE, length - from);
                for (var i = 0; i < size; i++) {
                    buffer[i] = at(from + i);
                }
                given.addAndGet(size);
                sink.onNext(ByteBuffer.wrap(buffer, 0, size));
            }

            @Override
            public void cancel() {
                done = true;
                closed.set(true);
            }
        });
    }

    @Override
    public Content limitedTo(ByteSize most) {
        throw new UnsupportedOperationException("not asked for here");
    }

    @Override
    public Bytes buffered() {
        throw new IllegalStateException("streams");
    }

    @Override
    public void close() {
        closed.set(true);
    }
}
