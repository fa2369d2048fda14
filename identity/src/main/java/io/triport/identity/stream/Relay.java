package io.triport.identity.stream;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.triport.domain.request.Content;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** An answer whose pieces come by themselves, given to the client's connection as they come. Confined to its event loop. */
final class Relay implements Flow.Subscriber<ByteBuffer> {
    /*
     * Threads
     *
     * A body that flows tells of its pieces on a loop, the client's own where its source could be opened there, and is asked for the
     * next one when the connection has taken the one before. So nobody changes threads between two pieces, and the thread of the
     * request sleeps until the end.
     *
     * Whose bytes
     *
     * Whoever goes away early lets a write that is under way end first: the connection still reads the piece.
     */
    private static final long UNKNOWN = -1;

    private final StreamExchange exchange;
    private final StreamHandler client;
    private final DefaultHttpResponse head;
    private final long length;
    private final CountDownLatch over = new CountDownLatch(1);
    private Flow.@Nullable Subscription source;
    private long sent;
    private boolean begun;
    private boolean writing;
    private boolean stopped;
    private boolean complete;

    Relay(StreamExchange exchange, StreamHandler client, DefaultHttpResponse head, OptionalLong length) {
        this.exchange = exchange;
        this.client = client;
        this.head = head;
        this.length = length.orElse(UNKNOWN);
    }

    // The thread of the request.

    /** @throws InterruptedException when the client has gone or the app stops; by then nothing is held any more */
    void pass(Content content) throws InterruptedException {
        content.bytes().subscribe(this);
        var interrupted = false;
        while (true) {
            try {
                over.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                client.loop().execute(this::stop);
            }
        }
        if (interrupted) {
            throw new InterruptedException("before the end of an answer");
        }
    }

    /** After {@link #pass}: how many bytes were given to the connection. */
    long sent() {
        return sent;
    }

    /** After {@link #pass}: whether that was all. */
    boolean complete() {
        return complete;
    }

    // The threads of the body.

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        onLoop(() -> {
            source = subscription;
            if (stopped) {
                end();
            } else {
                subscription.request(1);
            }
        });
    }

    @Override
    public void onNext(ByteBuffer piece) {
        onLoop(() -> write(piece));
    }

    @Override
    public void onError(Throwable failure) {
        onLoop(() -> {
            source = null;
            abort();
            over.countDown();
        });
    }

    @Override
    public void onComplete() {
        onLoop(() -> {
            source = null;
            if (!complete && (length == UNKNOWN || length == sent) && finish()) {
                write(LastHttpContent.EMPTY_LAST_CONTENT);
                client.readOn();
            }
            abort();
            over.countDown();
        });
    }

    private void onLoop(Runnable work) {
        if (client.loop().inEventLoop()) {
            work.run();
        } else {
            client.loop().execute(work);
        }
    }

    // The event loop.

    private void write(ByteBuffer piece) {
        if (stopped || exchange.over() && !complete) {
            end();
            return;
        }
        var size = piece.remaining();
        if (complete || length != UNKNOWN && sent + size > length) {
            abort(); // more than was promised: what was sent must not look whole
            end();
            return;
        }
        sent += size;
        var last = sent == length;
        if (last && !finish()) {
            end();
            return;
        }
        writing = true;
        var bytes = Unpooled.wrappedBuffer(piece);
        write(last ? new DefaultLastHttpContent(bytes) : new DefaultHttpContent(bytes))
                .addListener(written -> taken(written.isSuccess()));
        if (last) {
            client.readOn();
        }
    }

    private ChannelFuture write(HttpContent piece) {
        if (!begun) {
            begun = true;
            client.write(head);
        }
        var written = client.write(piece);
        client.flush();
        return written;
    }

    private void taken(boolean well) {
        writing = false;
        if (source != null && well && !stopped) {
            source.request(1); // after the last one too: its source learns that it is not held any more
        } else {
            end();
        }
    }

    private boolean finish() {
        complete = exchange.finish(head.status().code(), sent);
        return complete;
    }

    private void stop() {
        stopped = true;
        abort();
        if (!writing && source != null) {
            end();
        }
    }

    private void end() {
        if (source != null) {
            source.cancel();
            source = null;
        }
        over.countDown();
    }

    private void abort() {
        if (!complete && exchange.finish(head.status().code(), 0)) {
            client.abort();
        }
    }
}
