package io.triport.identity.stream;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.triport.domain.request.Content;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Nearby;
import io.triport.domain.request.Peer;
import io.triport.domain.request.RawTarget;
import io.triport.domain.request.RequestId;
import io.triport.identity.connection.ClientEnd;
import io.triport.identity.connection.EdgeRefusal;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** One request, from its head to the last byte of its answer. Confined to the event loop of its connection but for {@link #run}. */
final class StreamExchange implements Runnable {
    /** Nobody gets this status; it is what the log says of a request whose client has gone. */
    private static final int CLIENT_GONE = 499;

    private static final int FAILED = 500;

    private final StreamHandler client;
    private final StreamApp app;
    private final StreamEdge.Means means;
    private final Executor threads;
    private final HttpRequest request;
    private final long started;
    private final StreamedBody body;
    private final Fetch fetch;
    private volatile @Nullable Thread worker;
    private volatile boolean over;
    private boolean begun;
    private boolean continueOwed;
    private boolean bodyWanted;

    StreamExchange(StreamHandler client, StreamApp app, StreamEdge.Means means, Executor threads, HttpRequest request) {
        this.client = client;
        this.app = app;
        this.means = means;
        this.threads = threads;
        this.request = request;
        this.started = means.ticker().nanos();
        this.continueOwed = request.headers().contains(HttpHeaderNames.EXPECT);
        var declared = request.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        var length = declared == null
                ? request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                        ? OptionalLong.empty()
                        : OptionalLong.of(0)
                : OptionalLong.of(Long.parseLong(declared));
        this.body = new StreamedBody(length, () -> client.loop().execute(this::wantBody), threads);
        this.fetch = bind(request, client.who(), means, body);
    }

    /** As the core sees it. */
    static Fetch bind(HttpRequest request, ClientEnd who, StreamEdge.Means means, Content body) {
        var socket = who.peer();
        var address = means.proxies().client(socket, request.headers().getAll("X-Forwarded-For"));
        return means.binder()
                .bind(
                        RequestId.fresh(means.randomness()),
                        request,
                        target(request.uri()),
                        new Peer(address, who.security(), socket),
                        body);
    }

    /** The absolute form names the authority of the Host field, which the guards have seen to. */
    private static RawTarget target(String uri) {
        var scheme = uri.startsWith("/") ? -1 : uri.indexOf("://");
        var from = scheme < 0 ? 0 : scheme + 3;
        while (scheme >= 0 && from < uri.length() && uri.charAt(from) != '/' && uri.charAt(from) != '?') {
            from++;
        }
        var text = uri.substring(from);
        try {
            return RawTarget.parse(text.startsWith("/") ? text : "/" + text);
        } catch (InvalidInput e) {
            return new RawTarget("/", "");
        }
    }

    /** When the head is there, and what came with it: whether the body is whole decides what is said of the connection. */
    private void begin() {
        if (begun || over) {
            return;
        }
        begun = true;
        means.log().received(fetch, body.length().orElse(0));
        threads.execute(this);
    }

    // The event loop.

    void arrived(HttpContent piece) {
        if (over) {
            piece.release();
        } else {
            body.offer(piece.content());
        }
        if (piece instanceof LastHttpContent) {
            body.end();
            begin();
        }
    }

    void readComplete() {
        begin();
        if (bodyWanted && !body.whole()) {
            body.readOver();
        } else if (body.whole()) {
            client.readMore(); // for one thing alone: to hear that the client has gone
        }
    }

    private void wantBody() {
        if (over || body.whole()) {
            return;
        }
        bodyWanted = true;
        if (continueOwed) {
            continueOwed = false;
            client.write(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
            client.flush();
        }
        client.readMore();
    }

    void refusedByEdge(EdgeRefusal why) {
        breakOff(why.status(), "refused by the edge: " + why.code());
    }

    void clientGone() {
        breakOff(CLIENT_GONE, "the client has gone");
    }

    private void breakOff(int status, String why) {
        if (!over) {
            over = true;
            body.fail(new BrokenBody(why));
            var busy = worker;
            if (busy != null) {
                busy.interrupt();
            }
            if (begun) {
                means.log().answered(fetch.id(), status, 0, took());
            }
        }
    }

    /** Runs on the event loop. The last write of the answer follows within the same turn. @return false where it has ended before */
    boolean finish(int status, long bytes) {
        if (over) {
            return false;
        }
        over = true;
        means.log().answered(fetch.id(), status, bytes, took());
        client.over(this);
        return true;
    }

    private void abort() {
        if (finish(FAILED, 0)) {
            client.abort();
        }
    }

    private Duration took() {
        return Duration.ofNanos(means.ticker().nanos() - started);
    }

    // The thread of the request.

    @Override
    public void run() {
        Nearby.run(client.loop(), this::work);
    }

    private void work() {
        worker = Thread.currentThread();
        try {
            var reply = answer();
            if (over) {
                ReplyFlow.drop(reply, received());
            } else if (reply.talk() != null) {
                new SocketFlow(this, client, fetch, reply, reply.talk()).run();
            } else {
                new ReplyFlow(this, client, request, fetch, client.date(), reply).send();
            }
        } catch (InterruptedException e) {
            // The client has gone, or the app stops; what the answer held is closed by its flow.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // What a client that has gone did to the reading of its answer is no failure.
            if (!over) {
                means.log().failed(fetch.id(), Level.WARN, e);
            }
        } finally {
            worker = null;
            body.close();
            // Perhaps the head has gone: nothing can be said any more but that the answer is not whole.
            if (!over) {
                client.loop().execute(this::abort);
            }
        }
    }

    private StreamReply answer() {
        try {
            return app.answer(fetch);
        } catch (RuntimeException e) {
            // What a client that has gone did to its own request is no failure of the app.
            return over ? StreamReply.of(CLIENT_GONE) : app.failed(fetch, e);
        }
    }

    /** What follows on the connection failed. */
    void talkFailed(RuntimeException why) {
        means.log().failed(fetch.id(), Level.WARN, why);
    }

    boolean over() {
        return over;
    }

    Fetch fetch() {
        return fetch;
    }

    /** Bytes of the body that have come. */
    long received() {
        return body.received();
    }

    boolean bodyWhole() {
        return body.whole();
    }
}
