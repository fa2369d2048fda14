package io.triport.identity.stream;

import io.triport.domain.request.Bytes;
import java.time.Duration;

/**
 * A WebSocket as the app has it: messages come and go whole, pings are answered by themselves. For one thread that waits for what comes,
 * and one that sends, which may be the same.
 */
public interface Socket {
    int DONE = 1000;
    int GOING_AWAY = 1001;
    int POLICY_VIOLATION = 1008;
    int FAILED = 1011;
    int TRY_LATER = 1013;

    /** What came of waiting. */
    sealed interface Received {}

    /** A text of the client, {@link SocketTalk#mostBytes} at most: what is longer closes the socket with 1009. */
    record Text(String text) implements Received {}

    /** Bytes that are no text, as many at most. */
    record Binary(Bytes bytes) implements Received {}

    /** A ping, which was answered. */
    record Ping() implements Received {}

    /** Nothing in that time. */
    record Nothing() implements Received {}

    /**
     * The client has gone, or said that it goes. Nothing can be sent any more.
     *
     * @param code what it said, 1005 for a close without a code, 1006 for a connection that ended without a close
     */
    record Gone(int code, String reason) implements Received {}

    /** Waits for what the client sends. */
    Received next(Duration most) throws InterruptedException;

    /** Sends a text, and waits until the connection has taken it. Does nothing when the client has gone. */
    void send(String text) throws InterruptedException;

    /** The same for bytes. */
    void send(Bytes bytes) throws InterruptedException;

    /** Says why nothing more follows. @param code one of those of RFC 6455 section 7.4.1 */
    void close(int code, String reason);
}
