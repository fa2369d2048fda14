package io.triport.identity.stream;

/** What an app says over a WebSocket. */
public interface SocketTalk {
    /** Bytes of a message of the client at most. */
    default int mostBytes() {
        return SocketHandler.MOST_BYTES;
    }

    /**
     * Runs on a virtual thread of its own, with the connection as long as it lasts: when it returns, the socket is closed as done.
     * The thread is interrupted when the app stops; the client is told so then.
     */
    void talk(Socket socket) throws InterruptedException;
}
