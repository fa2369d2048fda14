package io.triport.identity.connection;

import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** What brings requests one at a time and takes their replies: a connection, or one stream of it. Confined to its event loop. */
interface Carrier {
    /** Answers the request at hand, if nobody began to, and takes nothing more. */
    default void refuse(EdgeRefusal why) {
        refuse(why, null);
    }

    /** The same. @param unseen the request at hand, where nobody behind the guards got it; null otherwise */
    void refuse(EdgeRefusal why, @Nullable HttpRequest unseen);

    /** Whether nothing more is taken from the client or sent for the app. */
    boolean closing();

    /** Whether the next reply has to be the last. */
    boolean wantsLastReply();

    /** @param last whether no other may follow on it */
    void replyBegins(boolean last);

    void replyEnds();

    /** From here on the bytes are not HTTP any more. */
    void becomesTunnel();
}
