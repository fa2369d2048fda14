package io.triport.storage.endpoint;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The body of a request on its way out: a few pieces are asked for ahead, and another when one is taken. */
final class Outflow implements Flow.Subscriber<ByteBuffer> {
    private static final int AHEAD = 2;

    private final Connection connection;
    private final Flow.Publisher<ByteBuffer> body;
    private final long length;
    private volatile Flow.@Nullable Subscription source;
    private long written;
    private boolean begun;
    private boolean over;

    /** @param awaits whether it may not begin before the endpoint gives leave */
    Outflow(Connection connection, Flow.Publisher<ByteBuffer> body, long length, boolean awaits) {
        this.connection = connection;
        this.body = body;
        this.length = length;
        this.written = awaits ? -1 : 0;
    }

    // The loop.

    void begin() {
        if (!begun && !over) {
            begun = true;
            written = 0;
            body.subscribe(this);
        }
    }

    /** Whether all bytes were given to the connection. */
    boolean written() {
        return written == length;
    }

    /** No more is wanted. */
    void stop() {
        over = true;
        var open = source;
        if (open != null) {
            open.cancel();
        }
    }

    /** Says that this was all, if that was not said. */
    void finish() {
        if (!over && written()) {
            over = true;
            connection.writeEnd();
        }
    }

    private void write(ByteBuffer piece) {
        if (over) {
            return;
        }
        written += piece.remaining();
        connection.write(Unpooled.wrappedBuffer(piece)).addListener(taken -> {
            var open = source;
            if (taken.isSuccess() && open != null && !over) {
                open.request(1);
            }
        });
    }

    // The threads of the body. One queue keeps the order of what they say, also of what is said on the loop itself.

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source = subscription;
        subscription.request(AHEAD);
    }

    @Override
    public void onNext(ByteBuffer piece) {
        connection.loop().execute(() -> write(piece));
    }

    @Override
    public void onError(Throwable cause) {
        connection.loop().execute(() -> {
            over = true;
            connection.breakOff(this, cause);
        });
    }

    @Override
    public void onComplete() {
        connection.loop().execute(this::finish);
    }
}
