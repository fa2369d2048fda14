package io.triport.identity.connection;

/** What brings requests one at a time and takes their replies: a connection, or one stream of it. Confined to its event loop. */
interface Carrier {
    /** Answers the request at hand, if nobody began to, and takes nothing more. */
    void refuse(EdgeRefusal why);

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
