package io.triport.manager.transfer;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A body that is made while it is sent, on the thread that asks for more: that of its request, which may wait. */
public final class PulledContent implements Content {
    private final Source source;

    /** What makes it. For one thread. */
    public interface Source extends AutoCloseable {
        /** The next piece, waited for; null at the end. */
        @Nullable
        Bytes next() throws InterruptedException;

        @Override
        void close();
    }

    public PulledContent(Source source) {
        this.source = source;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }

    @Override
    public Flow.Publisher<ByteBuffer> bytes() {
        return subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
            private boolean over;

            @Override
            public void request(long n) {
                for (var left = n; left > 0 && !over; left--) {
                    pull();
                }
            }

            private void pull() {
                try {
                    var piece = source.next();
                    if (piece == null) {
                        over = true;
                        subscriber.onComplete();
                    } else {
                        subscriber.onNext(piece.toByteBuffer());
                    }
                } catch (InterruptedException e) {
                    over = true;
                    Thread.currentThread().interrupt();
                    subscriber.onError(new IllegalStateException("interrupted", e));
                } catch (RuntimeException e) {
                    over = true;
                    subscriber.onError(e);
                }
            }

            @Override
            public void cancel() {
                over = true;
            }
        });
    }

    @Override
    public Content limitedTo(ByteSize most) {
        throw new IllegalStateException("limit (expected: on what is received)");
    }

    @Override
    public Bytes buffered() {
        throw new IllegalStateException("body: streams (expected: one that is held in memory)");
    }

    @Override
    public void close() {
        source.close();
    }
}
