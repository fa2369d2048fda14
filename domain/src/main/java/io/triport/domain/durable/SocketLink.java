package io.triport.domain.durable;

/** The way of a client to the object that has accepted its WebSocket. For one thread. */
public interface SocketLink {
    /**
     * Brings a message to the object, as a turn, and waits for its end; answers by itself what {@link ObjectSockets#answerBy} says.
     * Pings are the connection's own to answer.
     *
     * @throws io.triport.domain.failure.StorageFailure as {@link DurableObjects#inTurn}; FENCED when the socket has ended, of which
     *     the client was told. What the object's code throws comes as it is
     */
    void message(SocketMessage message);

    /** Tells the object that the connection has ended, in a turn, and waits for it. Does nothing when the object knows. */
    void closed(SocketClose how);
}
