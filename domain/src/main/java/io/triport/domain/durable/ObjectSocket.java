package io.triport.domain.durable;

import io.triport.domain.request.Bytes;
import java.util.Set;

/**
 * A WebSocket as the code of its object has it. It may be kept in a field, and is the same for all instances of its object while
 * the connection lasts; every method is for the thread of an event of that object, and throws {@link IllegalStateException} elsewhere.
 * What a method changes takes effect with the event's commit, in order, or not at all. In a {@link DurableObjects#read} every change
 * is refused as UNSUPPORTED.
 */
public interface ObjectSocket {
    /** Bytes of an attachment. */
    int MOST_ATTACHED = 16_384;

    /** What it was accepted with. */
    Set<SocketTag> tags();

    /** What was attached last; empty before. */
    Bytes attachment();

    /**
     * Keeps a note with the connection, which outlives the instance, though not the process.
     *
     * @throws io.triport.domain.failure.StorageFailure.LimitExceeded TOO_LARGE above 16,384 bytes
     */
    void attach(Bytes note);

    /** Sends when what the event wrote before is durable. Does nothing when the socket has ended meanwhile. */
    void send(SocketMessage message);

    /**
     * Ends it after what was sent before; {@link DurableObject#socketClose} is then not told. Does nothing when it has ended.
     *
     * @throws io.triport.domain.request.InvalidInput for a code that may not be sent
     */
    void close(SocketClose how);
}
