package io.triport.gateway.pool;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpObject;

/** One request to a target and its answer. Confined to the event loop of the request. */
public interface UpstreamStream {
    /** Takes over a part of the request. The last one ends it. */
    void write(HttpObject part);

    void flush();

    /** Whether more may be written now. */
    boolean writable();

    /** Asks for the next piece of the answer. */
    void read();

    /** Nothing is asked for until {@link #read}, because the client does not take more. */
    void pause();

    /** From now on bytes go both ways as they are, and no deadline is held. Not every stream can. */
    void becomeTunnel();

    /** Takes over bytes of a tunnel. */
    void writeBytes(ByteBuf bytes);

    /** The request's own deadline for the head of the answer. @param atNanos of the ticker */
    void headBy(long atNanos);

    /** Ends it before its time; the answer hears nothing more. */
    void cancel();
}
