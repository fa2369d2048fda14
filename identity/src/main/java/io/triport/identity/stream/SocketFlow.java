package io.triport.identity.stream;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.triport.domain.request.Fetch;
import java.util.concurrent.CountDownLatch;

/** A connection that becomes a WebSocket, until its talk is over. Used by the thread of the request. */
final class SocketFlow {
    private final StreamExchange exchange;
    private final StreamHandler client;
    private final Fetch fetch;
    private final StreamReply reply;
    private final SocketTalk talk;
    private final SocketHandler socket;
    private final CountDownLatch decided = new CountDownLatch(1);
    private volatile boolean switched;

    SocketFlow(StreamExchange exchange, StreamHandler client, Fetch fetch, StreamReply reply, SocketTalk talk) {
        this.exchange = exchange;
        this.client = client;
        this.fetch = fetch;
        this.reply = reply;
        this.talk = talk;
        this.socket = new SocketHandler(talk.mostBytes());
    }

    void run() throws InterruptedException {
        client.loop().execute(this::change);
        decided.await();
        try {
            if (switched) {
                talk();
            }
        } finally {
            reply.ending().over(new StreamReply.Traffic(0, 0, switched));
        }
    }

    private void talk() throws InterruptedException {
        try {
            talk.talk(socket);
            socket.close(Socket.DONE, "");
        } catch (InterruptedException e) {
            socket.close(Socket.GOING_AWAY, "the server stops");
            throw e;
        } catch (RuntimeException e) {
            socket.close(Socket.FAILED, "");
            exchange.talkFailed(e);
        }
    }

    private void change() {
        if (exchange.finish(reply.status(), 0)) {
            var answer = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
            reply.fields().forEach(field -> answer.headers().add(field.name(), field.value()));
            answer.headers().set("X-Request-ID", fetch.id().text());
            client.write(answer);
            client.flush();
            client.becomeSocket(socket);
            switched = true;
        }
        decided.countDown();
    }
}
