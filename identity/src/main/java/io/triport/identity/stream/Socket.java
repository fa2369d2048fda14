package io.triport.identity.stream;

import java.time.Duration;

/**
 * A WebSocket as the app's thread has it: texts come and go whole, pings are answered by themselves. For one thread.
 */
public interface Socket {
    int DONE = 1000;
    int GOING_AWAY = 1001;
    int POLICY_VIOLATION = 1008;
    int FAILED = 1011;
    int TRY_LATER = 1013;

    /** What came of waiting. */
    sealed interface Received {}

    /** A text of the client, 4 KiB at most: what is longer closes the socket with 1009. */
    record Text(String text) implements Received {}

    /** Bytes that are no text. */
    record Binary() implements Received {}

    /** A ping, which was answered. */
    record Ping() implements Received {}

    /** Nothing in that time. */
    record Nothing() implements Received {}

    /** The client has gone, or said that it goes. Nothing can be sent any more. */
    record Gone() implements Received {}

    /** Waits for what the client sends. */
    Received next(Duration most) throws InterruptedException;

    /** Sends a text, and waits until the connection has taken it. Does nothing when the client has gone. */
    void send(String text) throws InterruptedException;

    /** Says why nothing more follows. @param code one of those of RFC 6455 section 7.4.1 */
    void close(int code, String reason);
}
