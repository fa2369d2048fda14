package io.triport.gateway.proxy;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.triport.gateway.backend.Server;
import io.triport.gateway.pool.Answer;
import io.triport.gateway.pool.PoolFailure;
import io.triport.gateway.pool.UpstreamStream;
import io.triport.gateway.upstream.Breaker;
import org.jspecify.annotations.Nullable;

/** A request at one server: tells its delivery what comes, and the breaker what came of it. Confined to an event loop. */
final class Attempt implements Answer {
    private final Delivery delivery;
    private final Server server;
    private final Breaker.Passage passage;
    private final int span;
    private @Nullable UpstreamStream stream;
    private boolean over;

    /** @param span that is open for it */
    Attempt(Delivery delivery, Server server, Breaker.Passage passage, int span) {
        this.delivery = delivery;
        this.server = server;
        this.passage = passage;
        this.span = span;
    }

    void begin(EventLoop loop, long by) {
        server.began();
        server.target().acquire(loop, this, by);
    }

    int span() {
        return span;
    }

    Server server() {
        return server;
    }

    /** Null before there is one, and when it has ended. */
    @Nullable
    UpstreamStream stream() {
        return stream;
    }

    @Override
    public void ready(UpstreamStream given) {
        if (over) {
            given.cancel();
        } else {
            stream = given;
            delivery.ready(this, given);
        }
    }

    @Override
    public boolean upgrades() {
        return delivery.upgrades();
    }

    @Override
    public void head(HttpResponse response) {
        if (!over) {
            delivery.head(this, response);
        }
    }

    /** Says to the breaker how the server did. */
    void judged(boolean good) {
        if (good) {
            passage.succeeded();
        } else {
            passage.failed();
        }
    }

    @Override
    public void content(HttpContent content) {
        if (over) {
            content.release();
        } else {
            delivery.content(content);
        }
    }

    @Override
    public void readComplete() {
        if (stream != null) {
            delivery.readComplete(this, stream);
        }
    }

    @Override
    public void writable() {
        if (stream != null) {
            delivery.writable();
        }
    }

    @Override
    public void failed(PoolFailure failure) {
        stream = null;
        if (over) {
            return;
        }
        if (failure == PoolFailure.EXHAUSTED) {
            passage.cancelled();
        } else {
            passage.failed();
        }
        end(failure.label());
        delivery.failed(this, failure);
    }

    /** The answer has come whole. */
    void complete() {
        stream = null;
        end("answered");
    }

    /** Nothing more is wanted of it. */
    void cancel() {
        if (over) {
            return;
        }
        if (stream != null) {
            stream.cancel();
            stream = null;
        }
        passage.cancelled();
        end("cancelled");
    }

    private void end(String how) {
        if (!over) {
            over = true;
            delivery.ended(this, how);
            server.ended();
        }
    }
}
