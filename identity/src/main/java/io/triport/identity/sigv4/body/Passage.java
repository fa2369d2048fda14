package io.triport.identity.sigv4.body;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Between a body as it arrives and its reader: judges each piece, hands on what is in it, and asks for the next one. */
final class Passage implements Flow.Subscriber<ByteBuffer>, Flow.Subscription {
    /*
     * Concurrency. Signals from both sides come on any thread, also from within each other. Who raises `work` from zero does
     * what there is to do, and goes on until nobody else has raised it meanwhile; all others only leave their signal. So what
     * is not volatile belongs to one thread at a time.
     *
     * Whose bytes. A piece is ours until the next one is asked for, and what is handed on is a view of it; so the next is asked
     * for only when the reader has asked for more than all that was in this one.
     */
    private final Flow.Subscriber<? super ByteBuffer> reader;
    private final BodyPieces pieces;
    private final long length;
    private final Consumer<Map<String, String>> trailers;

    private final AtomicInteger work = new AtomicInteger();
    private final AtomicLong demand = new AtomicLong();
    private volatile @Nullable ByteBuffer piece;
    private volatile boolean asked;
    private volatile boolean complete;
    private volatile @Nullable Throwable failure;
    private volatile boolean cancelled;

    private Flow.@Nullable Subscription source;
    private long handedOn;
    private @Nullable ByteBuffer last;
    private boolean judged;
    private boolean over;

    /** @param length of what is handed on, {@link Long#MAX_VALUE} when it is not known */
    Passage(
            Flow.Subscriber<? super ByteBuffer> reader,
            BodyPieces pieces,
            long length,
            Consumer<Map<String, String>> trailers) {
        this.reader = reader;
        this.pieces = pieces;
        this.length = length;
        this.trailers = trailers;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source = subscription;
        reader.onSubscribe(this);
    }

    @Override
    public void onNext(ByteBuffer next) {
        piece = next;
        asked = false;
        work();
    }

    @Override
    public void onComplete() {
        complete = true;
        work();
    }

    @Override
    public void onError(Throwable thrown) {
        failure = thrown;
        work();
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            failure = new IllegalArgumentException("demand: " + n + " (expected: 1 or more)");
        } else {
            demand.accumulateAndGet(n, (held, more) -> held + more < 0 ? Long.MAX_VALUE : held + more);
        }
        work();
    }

    @Override
    public void cancel() {
        cancelled = true;
        work();
    }

    private void work() {
        if (work.getAndIncrement() != 0) {
            return;
        }
        var signals = 1;
        do {
            while (step()) {
                // Until nothing is left to do without another signal.
            }
            signals = work.addAndGet(-signals);
        } while (signals != 0);
    }

    /** Whether something was done that something else may follow. */
    private boolean step() {
        if (over) {
            return false;
        }
        var thrown = failure;
        if (cancelled || thrown != null) {
            end(thrown);
            return false;
        }
        try {
            var waiting = piece;
            return waiting == null ? withoutPiece() : withPiece(waiting);
        } catch (RuntimeException e) {
            end(e);
            return false;
        }
    }

    private boolean withPiece(ByteBuffer waiting) {
        if (demand.get() == 0) {
            return false;
        }
        var next = pieces.next(waiting);
        if (next == null) {
            piece = null;
        } else {
            handOn(withoutLast(next));
        }
        return true;
    }

    private boolean withoutPiece() {
        if (complete) {
            return finish();
        }
        if (demand.get() == 0 || asked) {
            return false;
        }
        asked = true;
        subscription().request(1);
        return true;
    }

    private boolean finish() {
        if (!judged) {
            pieces.finish();
            trailers.accept(pieces.trailers());
            judged = true;
        }
        var held = last;
        if (held != null) {
            if (demand.get() == 0) {
                return false;
            }
            last = null;
            handOn(held);
            return true;
        }
        over = true;
        reader.onComplete();
        return false;
    }

    /** Keeps the last byte of the body back. */
    private ByteBuffer withoutLast(ByteBuffer next) {
        handedOn += next.remaining();
        if (handedOn != length || !next.hasRemaining()) {
            return next;
        }
        var end = next.limit() - 1;
        last = ByteBuffer.wrap(new byte[] {next.get(end)});
        return next.slice(next.position(), end - next.position());
    }

    private void handOn(ByteBuffer next) {
        if (next.hasRemaining()) {
            demand.updateAndGet(held -> held == Long.MAX_VALUE ? held : held - 1);
            reader.onNext(next);
        }
    }

    private void end(@Nullable Throwable thrown) {
        over = true;
        piece = null;
        subscription().cancel();
        if (thrown != null && !cancelled) {
            reader.onError(thrown);
        }
    }

    private Flow.Subscription subscription() {
        var subscription = source;
        if (subscription == null) {
            throw new IllegalStateException("signal before onSubscribe");
        }
        return subscription;
    }
}
