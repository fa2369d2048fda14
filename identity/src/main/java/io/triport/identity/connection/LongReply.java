package io.triport.identity.connection;

import io.netty.channel.Channel;

/** Says when nobody waits any more for a reply that takes long. */
public final class LongReply {
    private LongReply() {}

    /**
     * From now on the connection is watched for its end, which a server that writes does not notice by itself.
     *
     * @param letGo runs when the client has taken the reply, or has gone
     */
    public static void owed(Channel connection, Runnable letGo) {
        Holdings.of(connection).add(letGo);
        var framing = connection.pipeline().get(FramingGuard.class);
        if (framing != null) {
            connection.eventLoop().execute(framing::watchNow);
        }
    }
}
