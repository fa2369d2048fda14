package io.triport.identity.launch;

import io.triport.identity.edge.EdgeSettings.Listener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Free ports where none is named. They have to be known before the servers start, because routes are bound to them, and are held
 * until then. For one thread.
 */
final class HeldPorts implements AutoCloseable {
    /*
     * A port that was looked up and let go may be another's a moment later: a server's, or an end of any connection that somebody
     * opens. On Linux a socket that is bound and does not listen keeps it from all who ask for any port, and lets one through who
     * asks for this one. Elsewhere it would keep that one out as well, so there the port is let go at once.
     */
    private static final boolean HOLDS = System.getProperty("os.name").equals("Linux");

    private final List<Socket> held = new ArrayList<>();

    /** @throws StartFailed where there is no free port on its address */
    Listener on(Listener listener) {
        if (listener.port() != 0) {
            return listener;
        }
        try {
            var socket = new Socket();
            held.add(socket);
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(listener.address(), 0));
            var port = socket.getLocalPort();
            if (!HOLDS) {
                socket.close();
            }
            return listener.on(port);
        } catch (IOException e) {
            throw new StartFailed(
                    listener.url() + ": no free port: " + RunningApp.rootMessage(e)
                            + " (expected: an address of this machine)",
                    e);
        }
    }

    @Override
    public void close() {
        for (var socket : held) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new AssertionError("a socket without a connection", e);
            }
        }
    }
}
