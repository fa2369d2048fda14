package io.triport.domain.durable;

/**
 * The client's end of a WebSocket, as whoever has the connection gives it. Both methods return at once and throw nothing: how much
 * may wait for a client that is slow to take it is the connection's to bound. Used from many threads, one after the other.
 */
public interface ClientSocket {
    void send(SocketMessage message);

    /** Nothing is sent after it. */
    void close(SocketClose how);
}
