package io.triport.e2e.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server of somebody else, started for the time of the benchmark in a directory of its own. */
public final class PeerServer implements AutoCloseable {
    private static final int GLANCES = 200;
    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final Process process;
    private final InetSocketAddress address;

    private PeerServer(Process process, InetSocketAddress address) {
        this.process = process;
        this.address = address;
    }

    /** Returns when it takes connections. @param directory with its log, {@code output} */
    public static PeerServer start(Path directory, int port, List<String> command) throws IOException {
        var output = directory.resolve("output");
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(output.toFile()))
                .start();
        var server = new PeerServer(process, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        for (var i = 0; i < GLANCES && process.isAlive(); i++) {
            if (server.answers()) {
                return server;
            }
            LockSupport.parkNanos(GLANCE.toNanos());
        }
        server.close();
        throw new LoadFailed(command.getFirst() + " did not start; its words are in " + output);
    }

    /** A port that nobody had a moment ago. */
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public InetSocketAddress address() {
        return address;
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(address, (int) GLANCE.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
