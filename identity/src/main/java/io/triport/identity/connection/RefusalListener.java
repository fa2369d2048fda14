package io.triport.identity.connection;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Hears of requests that the edge answers itself, or breaks off. */
public interface RefusalListener {
    /**
     * Called on the event loop of the connection, or of the stream, once for a request and before its answer.
     *
     * @return what to answer, with the status of the refusal; empty for what everybody is answered
     */
    Optional<EdgeAnswer> refused(EdgeRefusal why, Channel connection);

    /**
     * Fields for the head of the answer beside those of {@link #refused}, right before which it is called: what browsers want to hear
     * before a page of another origin may read it.
     *
     * @param unseen the request where its head was read and nobody behind the guards got it; null otherwise
     */
    default Map<String, String> beside(Channel connection, @Nullable HttpRequest unseen) {
        return Map.of();
    }
}
