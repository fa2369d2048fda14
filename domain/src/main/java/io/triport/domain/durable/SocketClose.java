package io.triport.domain.durable;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;

/**
 * How a WebSocket ends.
 *
 * @param code 1000 to 4999, as RFC 6455 section 7.4 says
 * @param reason at most 123 bytes of UTF-8
 */
public record SocketClose(int code, String reason) {
    public static final SocketClose DONE = new SocketClose(1000, "");

    /** The other side gave no code. Not to be sent. */
    public static final SocketClose UNSAID = new SocketClose(1005, "");

    /** The connection has ended without a word. Not to be sent. */
    public static final SocketClose CUT = new SocketClose(1006, "");

    /** The object is another node's, or begins anew: who connects again finds it. */
    public static final SocketClose RESTART = new SocketClose(1012, "the object has moved");

    private static final int FIRST = 1000;
    private static final int LAST = 4999;
    private static final int NO_CODE = 1005;
    private static final int NO_CLOSE = 1006;
    private static final int RESERVED = 1004;
    private static final int NO_TLS = 1015;
    private static final int MOST_REASON = 123;

    /** @throws InvalidInput outside the bounds */
    public SocketClose {
        if (code < FIRST || code > LAST) {
            throw new InvalidInput("close code", FIRST + ".." + LAST);
        }
        if (Bytes.utf8(reason).size() > MOST_REASON) {
            throw new InvalidInput("close reason", "0.." + MOST_REASON + " bytes");
        }
    }

    /** Whether the code may be sent: some only say what was seen. */
    public boolean sendable() {
        return code != RESERVED && code != NO_CODE && code != NO_CLOSE && code != NO_TLS;
    }
}
