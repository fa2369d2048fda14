package io.triport.gateway.pool;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;

/** Who waits for a stream and then for the answer on it. Called on the event loop of the request. */
public interface Answer {
    /** There is a stream; it is this request's until the answer ends or it is cancelled. */
    void ready(UpstreamStream stream);

    /** Whether the request asks for a change of protocol, which only a connection of its own can give. */
    default boolean upgrades() {
        return false;
    }

    void head(HttpResponse response);

    /** A piece of the body, which the answer owns from now on. The last one ends the stream. */
    void content(HttpContent content);

    /** All that came with one read has been handed over. */
    void readComplete();

    /** The stream takes more, after it did not. */
    void writable();

    /** There is no stream, or no more of it. Nothing is called afterwards. */
    void failed(PoolFailure failure);
}
