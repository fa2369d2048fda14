package io.triport.gateway.proxy;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.LastHttpContent;
import io.triport.domain.request.Bytes;
import io.triport.gateway.pool.UpstreamStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The body of a request on its way through. Confined to the event loop of its connection. */
final class RequestBody {
    /*
     * Who owns what
     *
     * A piece is held here until a stream takes it, and a second time while the request may have to be sent again. Whatever is
     * held when the exchange ends is let go.
     */
    private static final int REPLAYED_BYTES = 64 * 1024;

    private final Queue<HttpContent> early = new ArrayDeque<>(2);
    private final List<HttpContent> replay = new ArrayList<>(0);
    private @Nullable RequestTrailers judge;
    private HttpHeaders behind = EmptyHttpHeaders.INSTANCE;
    private boolean whole;
    private boolean trailed;
    private boolean replayable = true;
    private boolean lastSent;
    private int replayed;
    private long bytes;

    /** Counts a piece that came, whoever takes it. */
    void arrived(HttpContent piece) {
        bytes += piece.content().readableBytes();
        if (piece instanceof LastHttpContent last) {
            whole = true;
            trailed = !last.trailingHeaders().isEmpty();
        }
    }

    /** Whether fields have come behind it, or may. */
    boolean mayTrail() {
        return trailed || !whole;
    }

    /** Says which fields behind it go on; none do before. */
    void trailBy(RequestTrailers which) {
        judge = which;
    }

    /** Keeps a piece until there is a stream to take it. */
    void keep(HttpContent piece) {
        early.add(plain(piece));
    }

    /** A request with its body in one is content only from here on. */
    private static HttpContent plain(HttpContent piece) {
        return piece instanceof FullHttpRequest full ? new DefaultLastHttpContent(full.content()) : piece;
    }

    /** All that is kept, which stays kept. */
    Bytes content() {
        var all = Unpooled.buffer((int) bytes);
        for (var piece : early) {
            all.writeBytes(
                    piece.content(),
                    piece.content().readerIndex(),
                    piece.content().readableBytes());
        }
        return Bytes.from(all.nioBuffer());
    }

    /** Whether its end has come. */
    boolean whole() {
        return whole;
    }

    /** How much has come. */
    long bytes() {
        return bytes;
    }

    /** Whether another stream could be given all that one has had. */
    boolean replayable() {
        return replayable;
    }

    /** Gives a stream what others had before, and what no one has had. @param again whether there may be yet another */
    void begin(UpstreamStream stream, boolean again) {
        var ended = lastSent;
        for (var piece : replay) {
            stream.write(piece.retainedDuplicate());
        }
        for (var piece = early.poll(); piece != null; piece = early.poll()) {
            send(stream, piece, again);
        }
        if (ended) {
            stream.write(
                    behind.isEmpty()
                            ? LastHttpContent.EMPTY_LAST_CONTENT
                            : new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, behind));
        }
    }

    /** Hands a piece on. @param again whether it may have to be sent to another stream */
    void send(UpstreamStream stream, HttpContent arrived, boolean again) {
        var piece = plain(arrived);
        var size = piece.content().readableBytes();
        if (size > 0 && replayable) {
            replayed += size;
            if (again && replayed <= REPLAYED_BYTES) {
                replay.add(
                        piece instanceof LastHttpContent
                                ? new DefaultHttpContent(piece.content().retainedDuplicate())
                                : piece.retainedDuplicate());
            } else {
                replayable = false;
                forget();
            }
        }
        if (piece instanceof LastHttpContent last) {
            lastSent = true;
            trail(last.trailingHeaders());
        }
        stream.write(piece);
    }

    private void trail(HttpHeaders trailers) {
        if (trailers.isEmpty()) {
            return;
        }
        if (judge == null) {
            trailers.clear();
        } else {
            judge.strip(trailers);
        }
        behind = trailers;
    }

    /** It will not be sent again. */
    void forget() {
        for (var piece : replay) {
            piece.release();
        }
        replay.clear();
    }

    void release() {
        for (var piece = early.poll(); piece != null; piece = early.poll()) {
            piece.release();
        }
        forget();
    }
}
