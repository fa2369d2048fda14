package io.triport.storage.peer;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.storage.NodeAddress;
import io.triport.storage.durable.HandedOn;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where other nodes connect. */
final class PeerServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");

    /** Of those that have not proved themselves. */
    private static final int MOST_STRANGERS = 64;

    private static final Duration BETWEEN_FAILURES = Duration.ofMillis(10);

    private static final Duration LAST_ANSWERS = Duration.ofMillis(500);

    /** For all that who connects says to prove itself, be it a byte at a time. */
    private static final Duration FOR_A_PROOF = Duration.ofSeconds(3);

    private final ServerSocket socket;
    private final Handshake handshake;
    private final Semaphore strangers = new Semaphore(MOST_STRANGERS);
    private final Map<PeerConnection, OwnerSide> connections = new ConcurrentHashMap<>();

    private PeerServer(ServerSocket socket, Handshake handshake) {
        this.socket = socket;
        this.handshake = handshake;
    }

    static PeerServer bind(NodeAddress listen, Handshake handshake) {
        try {
            var socket = new ServerSocket();
            socket.bind(new InetSocketAddress(listen.host(), listen.port()));
            return new PeerServer(socket, handshake);
        } catch (IOException e) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "peers: cannot listen on " + listen, e);
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    void serve(HandedOn handedOn) {
        Thread.ofPlatform().name("peers").daemon().start(() -> acceptAll(handedOn));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("listener of nodes not closed", e);
        }
        connections.forEach((connection, side) -> {
            try {
                side.leave(LAST_ANSWERS.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            connection.close();
        });
    }

    private void acceptAll(HandedOn handedOn) {
        while (!socket.isClosed()) {
            try {
                var plain = socket.accept();
                if (strangers.tryAcquire()) {
                    Thread.ofVirtual().name("peer-accept").start(() -> welcome(plain, handedOn));
                } else {
                    plain.close();
                }
            } catch (IOException e) {
                LOG.debug("no connection accepted", e);
                // Without room for another connection it fails at once.
                LockSupport.parkNanos(BETWEEN_FAILURES.toNanos());
            }
        }
    }

    private void welcome(Socket plain, HandedOn handedOn) {
        var proved = new AtomicBoolean();
        CompletableFuture.delayedExecutor(FOR_A_PROOF.toNanos(), TimeUnit.NANOSECONDS)
                .execute(() -> endUnless(proved, plain));
        try {
            var connection = handshake.accept(plain);
            proved.set(true);
            var side = new OwnerSide(connection, handedOn);
            connections.put(connection, side);
            connection.start(new PeerConnection.Side() {
                @Override
                public void take(Frame frame) {
                    side.take(frame);
                }

                @Override
                public void ended() {
                    connections.remove(connection);
                    side.ended();
                }
            });
            if (socket.isClosed()) {
                connection.close();
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("connection refused, of who cannot prove to be a node error={}", e.toString());
        } finally {
            strangers.release();
        }
    }

    private static void endUnless(AtomicBoolean proved, Socket plain) {
        if (!proved.get()) {
            try {
                plain.close();
            } catch (IOException e) {
                LOG.debug("connection of a stranger not closed", e);
            }
        }
    }
}
