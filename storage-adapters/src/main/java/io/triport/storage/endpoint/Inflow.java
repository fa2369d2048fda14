package io.triport.storage.endpoint;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The body of an answer on its way in. Confined to the loop of its connection but for what says otherwise. */
final class Inflow implements Incoming, Flow.Subscription {
    /*
     * Whose bytes
     *
     * A piece is the memory that the socket was read into. It is let go when the next one is asked for, and so the end, a good one
     * or a bad one, is told only to who has asked for more: the reader may still be at the last piece.
     */
    private final Connection connection;
    private final Queue<ByteBuf> pieces = new ArrayDeque<>();
    private final AtomicBoolean taken = new AtomicBoolean();
    private Flow.@Nullable Subscriber<? super ByteBuffer> reader;
    private @Nullable ByteBuf given;
    private @Nullable Throwable failure;
    private long asked;
    private boolean ended;
    private boolean over;
    private boolean telling;

    Inflow(Connection connection) {
        this.connection = connection;
    }

    // From any thread.

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        if (!taken.compareAndSet(false, true)) {
            throw new IllegalStateException("body: read a second time (expected: once)");
        }
        subscriber.onSubscribe(this);
        onLoop(() -> {
            reader = subscriber;
            tell();
        });
    }

    @Override
    public void request(long count) {
        onLoop(() -> {
            if (count <= 0) {
                misused(new IllegalArgumentException("count: " + count + " (expected: at least 1)"));
            } else {
                asked = asked > Long.MAX_VALUE - count ? Long.MAX_VALUE : asked + count;
                tell();
            }
        });
    }

    @Override
    public void cancel() {
        onLoop(() -> {
            if (!over) {
                finish();
                connection.breakOff(this, new IllegalStateException("nobody reads"));
            }
        });
    }

    @Override
    public void breakOff(Throwable why) {
        onLoop(() -> connection.breakOff(this, why));
    }

    private void onLoop(Runnable work) {
        if (connection.loop().inEventLoop()) {
            work.run();
        } else {
            connection.loop().execute(work);
        }
    }

    // The loop.

    /** Takes over a piece that has come. */
    void offer(ByteBuf piece) {
        if (over || !piece.isReadable()) {
            piece.release();
        } else {
            pieces.add(piece);
            tell();
        }
    }

    void end() {
        ended = true;
        tell();
    }

    void fail(Throwable cause) {
        if (!ended && failure == null) {
            failure = cause;
            tell();
        }
    }

    /** Whether a piece was asked for that is not there. */
    boolean hungry() {
        return over || asked > 0 && pieces.isEmpty();
    }

    /** Who asks from within being told is served by who tells. */
    private void tell() {
        if (telling || reader == null) {
            return;
        }
        telling = true;
        try {
            while (!over && turn(reader)) {
                // goes on
            }
        } finally {
            telling = false;
        }
    }

    private boolean turn(Flow.Subscriber<? super ByteBuffer> subscriber) {
        if (asked > 0) {
            release();
        }
        var idle = given == null;
        if (asked > 0 && !pieces.isEmpty()) {
            asked--;
            var piece = pieces.remove();
            given = piece;
            subscriber.onNext(piece.nioBuffer());
        } else if (pieces.isEmpty() && idle && failure != null) {
            finish();
            subscriber.onError(failure);
        } else if (pieces.isEmpty() && idle && ended) {
            finish();
            subscriber.onComplete();
        } else {
            if (asked > 0 && !ended && failure == null) {
                connection.readMore();
            }
            return false;
        }
        return true;
    }

    private void misused(IllegalArgumentException why) {
        if (over || reader == null) {
            return;
        }
        finish();
        connection.breakOff(this, why);
        reader.onError(why);
    }

    private void finish() {
        over = true;
        release();
        pieces.forEach(ByteBuf::release);
        pieces.clear();
    }

    private void release() {
        if (given != null) {
            given.release();
            given = null;
        }
    }
}
