package io.triport.identity.stream;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import io.triport.domain.request.Fetch;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** An answer on its way to the client. Used by the thread of the request; what it writes runs on the event loop. */
final class ReplyFlow {
    /*
     * Back-pressure
     *
     * A piece is written, and the next one asked for when the connection has taken it: at most one piece of an answer is held
     * at a time, and a client that does not take it stops the source. What a stalled client costs is bounded by the guard's
     * deadline, which ends the connection and so this thread's waiting. A short answer is copied and given away whole: waiting
     * for the connection would cost more.
     */
    private static final int SHORT = 16 * 1024;

    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final StreamExchange exchange;
    private final StreamHandler client;
    private final HttpRequest request;
    private final Fetch fetch;
    private final DateField date;
    private final StreamReply reply;

    /** Whether the last of it was given to the connection. */
    private volatile boolean complete;

    ReplyFlow(
            StreamExchange exchange,
            StreamHandler client,
            HttpRequest request,
            Fetch fetch,
            DateField date,
            StreamReply reply) {
        this.exchange = exchange;
        this.client = client;
        this.request = request;
        this.fetch = fetch;
        this.date = date;
        this.reply = reply;
    }

    /** An answer that nobody waits for any more. */
    static void drop(StreamReply reply, long received) {
        if (reply.content() != null) {
            reply.content().close();
        }
        reply.ending().over(new StreamReply.Traffic(received, 0, false));
    }

    void send() throws InterruptedException {
        var content = reply.content();
        if (content == null || bodiless()) {
            if (content != null) {
                content.close();
            }
            sendWhole();
        } else if (content.flows()) {
            relay(content);
        } else {
            stream(content);
        }
    }

    private boolean bodiless() {
        return request.method().equals(HttpMethod.HEAD)
                || reply.status() == NO_CONTENT
                || reply.status() == NOT_MODIFIED;
    }

    private void sendWhole() {
        var head = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status(), Unpooled.EMPTY_BUFFER);
        var unsaid = reply.status() == NO_CONTENT || reply.status() == NOT_MODIFIED;
        fill(head.headers(), unsaid ? OptionalLong.empty() : reply.bodyLength());
        sendWhole(head);
    }

    private void sendWhole(FullHttpResponse whole) {
        var size = whole.content().readableBytes();
        client.loop().execute(() -> {
            var last = exchange.finish(reply.status(), size);
            if (last) {
                client.write(whole);
                client.flush();
                client.readOn();
            } else {
                whole.release();
            }
            reply.ending().over(new StreamReply.Traffic(exchange.received(), last ? size : 0, last));
        });
    }

    private void relay(Content content) throws InterruptedException {
        var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status());
        var length = content.length();
        fill(head.headers(), length);
        if (length.isEmpty()) {
            head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        var relay = new Relay(exchange, client, head, length);
        try (content) {
            relay.pass(content);
        } finally {
            reply.ending().over(new StreamReply.Traffic(exchange.received(), relay.sent(), relay.complete()));
        }
    }

    private void stream(Content content) throws InterruptedException {
        var length = content.length();
        try (var pieces = new ContentReader(content)) {
            var first = pieces.next();
            if (first != null && first.remaining() <= SHORT && length.orElse(-1) == first.remaining()) {
                // On the heap: the connection's own memory is for its event loop, and dear to get for any other thread.
                var bytes = new byte[first.remaining()];
                first.get(bytes);
                var whole = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status(), Unpooled.wrappedBuffer(bytes));
                fill(whole.headers(), length);
                sendWhole(whole);
                readEnd(pieces);
            } else {
                stream(first, pieces, length);
            }
        }
    }

    private void stream(@Nullable ByteBuffer begun, ContentReader pieces, OptionalLong length)
            throws InterruptedException {
        var sent = 0L;
        try {
            var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status());
            fill(head.headers(), length);
            if (length.isEmpty()) {
                head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            }
            DefaultHttpResponse first = head;
            var piece = begun;
            while (!exchange.over()) {
                var size = piece == null ? 0 : piece.remaining();
                if (length.isPresent() && sent + size > length.getAsLong()) {
                    break; // more than was promised: what was sent must not look whole
                }
                sent += size;
                var last = length.isPresent() ? sent == length.getAsLong() : piece == null;
                write(first, piece == null ? NOTHING : piece, last, sent);
                first = null;
                if (complete) {
                    readEnd(pieces);
                }
                if (complete || piece == null) {
                    break;
                }
                piece = pieces.next();
            }
        } finally {
            if (!complete) {
                client.loop().execute(this::abort);
            }
            reply.ending().over(new StreamReply.Traffic(exchange.received(), sent, complete));
        }
    }

    /** Tells the source that its last piece is not held any more, which frees what it holds. */
    private static void readEnd(ContentReader pieces) throws InterruptedException {
        try {
            pieces.next();
        } catch (RuntimeException e) {
            // All that was promised is there.
        }
    }

    /** Gives a piece to the connection and waits until it is taken. @param head to go before it; null where it has gone */
    private void write(@Nullable DefaultHttpResponse head, ByteBuffer piece, boolean last, long sent)
            throws InterruptedException {
        var taken = new CountDownLatch(1);
        var bytes = Unpooled.wrappedBuffer(piece);
        client.loop().execute(() -> {
            if (exchange.over() || last && !exchange.finish(reply.status(), sent)) {
                taken.countDown();
                return;
            }
            complete = last;
            if (head != null) {
                client.write(head);
            }
            client.write(last ? new DefaultLastHttpContent(bytes) : new DefaultHttpContent(bytes))
                    .addListener(written -> taken.countDown());
            client.flush();
            if (last) {
                client.readOn();
            }
        });
        taken.await();
    }

    private void abort() {
        if (exchange.finish(reply.status(), 0)) {
            client.abort();
        }
    }

    private HttpResponseStatus status() {
        return HttpResponseStatus.valueOf(reply.status());
    }

    private void fill(HttpHeaders head, OptionalLong length) {
        reply.fields().forEach(field -> head.add(field.name(), field.value()));
        length.ifPresent(bytes -> head.set(HttpHeaderNames.CONTENT_LENGTH, bytes));
        head.set(HttpHeaderNames.DATE, date.now());
        head.set("X-Request-ID", fetch.id().text());
        if (!exchange.bodyWhole()) {
            head.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
    }
}
