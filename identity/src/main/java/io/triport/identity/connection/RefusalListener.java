package io.triport.identity.connection;

import io.netty.channel.Channel;

/** Hears of requests that the edge answers itself, or breaks off. */
public interface RefusalListener {
    /** Called on the event loop of the connection, or of the stream, once for a request and before its answer. */
    void refused(EdgeRefusal why, Channel connection);
}
