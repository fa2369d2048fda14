package io.triport.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** The way to a server, on a loopback port of its own, which a test can cut. Each connection has a thread for each direction. */
public final class Relay implements AutoCloseable {
    private final ServerSocket listening;
    private final InetSocketAddress server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Mode mode = Mode.PASS;

    private Relay(ServerSocket listening, InetSocketAddress server) {
        this.listening = listening;
        this.server = server;
    }

    /** What happens to traffic. */
    public enum Mode {
        PASS,
        /** What the server answers is thrown away, and the connection with it. */
        LOSE_ANSWERS,
        /** What the server answers gets no further, and the connection stays, as if the server had stopped. */
        HOLD_ANSWERS,
        /** New connections are closed at once. */
        REFUSE
    }

    public static Relay to(int port) {
        return at(InetAddress.getLoopbackAddress(), port);
    }

    /** @param entrance where it listens. @param port of the server, on the loopback */
    public static Relay at(InetAddress entrance, int port) {
        try {
            var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            var relay = new Relay(new ServerSocket(0, 50, entrance), server);
            Thread.ofVirtual().start(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listening.getLocalPort();
    }

    public void mode(Mode other) {
        mode = other;
    }

    /** Waits until an answer is held. */
    public void awaitHeld() {
        await(held);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Closes every connection. */
    public void cut() {
        open.forEach(Relay::closeQuietly);
    }

    @Override
    public void close() {
        closed.countDown();
        closeQuietly(listening);
        cut();
    }

    private void accept() {
        while (true) {
            try {
                connect(listening.accept());
            } catch (IOException e) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try {
            open.add(client);
            if (mode == Mode.REFUSE) {
                closeQuietly(client);
                return;
            }
            var onward = new Socket(server.getAddress(), server.getPort());
            open.add(onward);
            Thread.ofVirtual().start(() -> pump(client, onward, Mode.PASS));
            Thread.ofVirtual().start(() -> pump(onward, client, Mode.LOSE_ANSWERS));
        } catch (IOException e) {
            closeQuietly(client);
        }
    }

    /** @param losing the mode in which this direction loses what it carries */
    private void pump(Socket from, Socket to, Mode losing) {
        try (var in = from.getInputStream();
                var out = to.getOutputStream()) {
            copy(in, out, losing);
        } catch (IOException e) {
            // The end of the connection, which is all that there is to say.
        } finally {
            closeQuietly(from);
            closeQuietly(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private void copy(InputStream in, OutputStream out, Mode losing) throws IOException {
        var buffer = new byte[8_192];
        for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (losing != Mode.PASS && mode == losing) {
                return;
            }
            if (losing != Mode.PASS && mode == Mode.HOLD_ANSWERS) {
                held.countDown();
                await(closed);
                return;
            }
            out.write(buffer, 0, read);
            out.flush();
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
