package io.triport.identity.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.triport.domain.request.ByteSize;

/**
 * How an app answers requests on the event loop itself, behind the guards and in front of the server's own way of requests. A
 * bean of this type is asked for every connection.
 */
public interface Takeover extends RefusalListener {
    /**
     * The handler of one connection. It gets requests one at a time as HTTP objects, and may pass one on whole to the server's
     * own way; what it keeps it has to answer. It reads on by itself: the channel does not.
     */
    ChannelHandler handler(Channel connection);

    /** Which requests {@link #handler} may keep. */
    enum Reach {
        /** All of them. */
        REQUESTS,
        /** Those that wish for a WebSocket: for all else the guards are as strict as in front of the server's own way. */
        SOCKETS
    }

    default Reach reach() {
        return Reach.REQUESTS;
    }

    /** The largest pieces that bodies of requests come in; each is handed on by itself, whatever one read of the connection brought. */
    default ByteSize largestPiece() {
        return ByteSize.ofKiB(8);
    }
}
