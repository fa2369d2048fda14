package io.triport.storage.peer;

import io.triport.domain.durable.ClientSocket;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.SocketLink;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.storage.NodeAddress;
import io.triport.domain.storage.NodeLink;
import io.triport.storage.durable.HandedEvent;
import io.triport.storage.durable.HandedOn;
import io.triport.storage.durable.Handing;
import io.triport.storage.durable.Peers;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node among the others: it hands on to them, and takes what they hand on. Safe for many threads. */
public final class PeerNodes implements Peers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");

    private final NodeAddress announced;
    private final Handshake handshake;
    private final PeerServer server;
    private final Map<NodeAddress, CompletableFuture<OriginSide>> sides = new ConcurrentHashMap<>();
    private final Set<NodeAddress> away = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private PeerNodes(NodeAddress announced, Handshake handshake, PeerServer server) {
        this.announced = announced;
        this.handshake = handshake;
        this.server = server;
    }

    /**
     * Has the port from here on; who connects waits until {@link #serve}.
     *
     * @throws StorageFailure.Unavailable where the port is not to be had
     */
    public static PeerNodes open(NodeLink link) {
        var handshake = new Handshake(link.proof());
        var server = PeerServer.bind(link.listen(), handshake);
        var port = link.announced().port();
        return new PeerNodes(
                port == 0 ? new NodeAddress(link.announced().host(), server.port()) : link.announced(),
                handshake,
                server);
    }

    /** Where others reach this node; with the port that it has where any was asked for. */
    public NodeAddress announced() {
        return announced;
    }

    /** Takes what others hand on from now on. */
    public void serve(HandedOn handedOn) {
        server.serve(handedOn);
    }

    /** Events that were handed on and not answered. */
    public int waiting() {
        return sides.values().stream()
                .filter(PeerNodes::isOpen)
                .mapToInt(side -> side.resultNow().waiting())
                .sum();
    }

    @Override
    public boolean reach(NodeAddress owner) {
        return !owner.equals(announced);
    }

    @Override
    public void approach(NodeAddress node) {
        if (closed) {
            return;
        }
        var begun = sides.computeIfAbsent(node, this::begin);
        if (begun.isDone() && !isOpen(begun)) {
            // Another one begins when this is asked for again.
            sides.remove(node, begun);
        }
    }

    @Override
    public boolean near(NodeAddress node) {
        var begun = sides.get(node);
        return begun != null && isOpen(begun);
    }

    @Override
    public Handing<ObjectAnswer> ask(NodeAddress owner, HandedEvent event) {
        var side = side(owner);
        return side == null ? new Handing.Missed<>() : side.ask(event);
    }

    @Override
    public Handing<Optional<SocketLink>> connect(NodeAddress owner, HandedEvent event, ClientSocket client) {
        var side = side(owner);
        return side == null ? new Handing.Missed<>() : side.connect(event, client);
    }

    @Override
    public void close() {
        closed = true;
        server.close();
        for (var side : sides.values()) {
            // One that only begins ends by itself.
            side.thenAccept(OriginSide::close);
        }
    }

    private static boolean isOpen(CompletableFuture<OriginSide> begun) {
        return begun.state() == Future.State.SUCCESS && !begun.resultNow().over();
    }

    /** @return null where the node is not reached */
    private @Nullable OriginSide side(NodeAddress owner) {
        if (closed) {
            return null;
        }
        var begun = sides.computeIfAbsent(owner, this::begin);
        try {
            var side = begun.get();
            if (!side.over()) {
                return side;
            }
            sides.remove(owner, begun);
            return null;
        } catch (ExecutionException e) {
            sides.remove(owner, begun);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "object: interrupted", e);
        }
    }

    /** For all who want to reach the node now. */
    private CompletableFuture<OriginSide> begin(NodeAddress owner) {
        var begun = new CompletableFuture<OriginSide>();
        Thread.ofVirtual().name("peer-connect").start(() -> {
            try {
                var connection = handshake.connect(owner);
                var side = new OriginSide(connection, () -> sides.remove(owner, begun));
                connection.start(side);
                if (closed) {
                    connection.close();
                }
                if (away.remove(owner)) {
                    LOG.info("node reached again node={}", owner);
                }
                begun.complete(side);
            } catch (IOException | RuntimeException e) {
                if (away.add(owner)) {
                    LOG.warn(
                            "node not reached, objects that it has are not either node={} error={}",
                            owner,
                            e.toString());
                }
                begun.completeExceptionally(e);
            }
        });
        return begun;
    }
}
