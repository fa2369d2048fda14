package io.triport.storage.endpoint;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/**
 * The body of an answer, for one subscriber, who is told on the connection's event loop and so must not wait there. A piece is the
 * subscriber's until it asks for the next, and nothing is read that was not asked for. Whoever does not want it cancels.
 */
public interface Incoming extends Flow.Publisher<ByteBuffer> {
    /** Closes the connection; the subscriber is told this cause unless all has come. From any thread. */
    void breakOff(Throwable why);
}
