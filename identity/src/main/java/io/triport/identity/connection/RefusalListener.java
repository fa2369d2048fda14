package io.triport.identity.connection;

import io.netty.channel.Channel;
import java.util.Optional;

/** Hears of requests that the edge answers itself, or breaks off. */
public interface RefusalListener {
    /**
     * Called on the event loop of the connection, or of the stream, once for a request and before its answer.
     *
     * @return what to answer, with the status of the refusal; empty for what everybody is answered
     */
    Optional<EdgeAnswer> refused(EdgeRefusal why, Channel connection);
}
