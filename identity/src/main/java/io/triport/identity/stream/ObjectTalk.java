package io.triport.identity.stream;

import io.triport.domain.durable.DurableObjects;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.SocketClose;
import io.triport.domain.durable.SocketLink;
import io.triport.domain.durable.SocketMessage;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A WebSocket between a client and a durable object. Bring it into being with {@link #connect} before the change of protocol, so that
 * a client whom the object does not want hears so in the answer to its request.
 */
public final class ObjectTalk implements SocketTalk {
    /*
     * Two threads
     *
     * The talk's own thread brings what the client says to the object and waits for each turn, so that a client gets no further
     * than its object. Another sends what the object says, which must not wait: a client that does not take it in time is cut off
     * when more waits for it than may.
     */
    private static final Duration TICK = Duration.ofMillis(250);
    private static final int LAST = 4999;

    private final SocketLink link;
    private final Spoken spoken;
    private final Terms terms;

    /**
     * What holds for a connection.
     *
     * @param mostBytes of a message of the client: 1..33,554,432
     * @param mostWaiting bytes that may wait for a slow client
     * @param holds whether the client's identity still does; asked four times a second
     */
    public record Terms(int mostBytes, int mostWaiting, BooleanSupplier holds) {
        private static final int USUAL = 1024 * 1024;

        public Terms {
            if (mostBytes < 1 || mostBytes > SocketMessage.MOST_BYTES) {
                throw new IllegalArgumentException(
                        "most bytes: " + mostBytes + " (expected: 1.." + SocketMessage.MOST_BYTES + ")");
            }
            if (mostWaiting < 1) {
                throw new IllegalArgumentException("most waiting: " + mostWaiting + " (expected: 1 or more)");
            }
        }

        /** A mebibyte for each message, and for what waits. */
        public static Terms usual(BooleanSupplier holds) {
            return new Terms(USUAL, USUAL, holds);
        }
    }

    private ObjectTalk(SocketLink link, Spoken spoken, Terms terms) {
        this.link = link;
        this.spoken = spoken;
        this.terms = terms;
    }

    /**
     * Asks the object to take the client, in a turn. The view of the objects must last as long as the talk.
     *
     * @return empty where the object does not want it
     */
    public static Optional<ObjectTalk> connect(DurableObjects objects, ObjectId id, ObjectEvent event, Terms terms) {
        var spoken = new Spoken(terms.mostWaiting());
        return objects.connect(id, event, spoken).map(link -> new ObjectTalk(link, spoken, terms));
    }

    @Override
    public int mostBytes() {
        return terms.mostBytes();
    }

    @Override
    public void talk(Socket socket) throws InterruptedException {
        var how = SocketClose.CUT;
        var sending = Thread.ofVirtual().name("object-socket").start(() -> spoken.sendAll(socket));
        try {
            how = listen(socket);
        } finally {
            sending.interrupt();
            link.closed(how);
        }
    }

    private SocketClose listen(Socket socket) throws InterruptedException {
        while (true) {
            var heard = switch (socket.next(TICK)) {
                case Socket.Gone(var code, var reason) -> Optional.of(seen(code, reason));
                case Socket.Text(var text) -> bring(socket, new SocketMessage.Text(text));
                case Socket.Binary(var bytes) -> bring(socket, new SocketMessage.Binary(bytes));
                case Socket.Ping ping -> Optional.<SocketClose>empty();
                case Socket.Nothing nothing -> Optional.<SocketClose>empty();
            };
            if (heard.isPresent()) {
                return heard.get();
            }
            if (!terms.holds().getAsBoolean()) {
                return end(socket, Socket.POLICY_VIOLATION, "the identity has ended");
            }
        }
    }

    /** @return how the connection ends, if it does */
    private Optional<SocketClose> bring(Socket socket, SocketMessage message) {
        try {
            link.message(message);
            return Optional.empty();
        } catch (StorageFailure.AccessDenied e) {
            return Optional.of(end(socket, Socket.POLICY_VIOLATION, "the identity has ended"));
        } catch (StorageFailure e) {
            if (e.code() == FailureCode.FENCED) {
                // The client has been told, or the end of the connection is what comes next.
                return Optional.empty();
            }
            return Optional.of(
                    e.code().retry() == FailureCode.Retry.SAFE
                            ? end(socket, Socket.TRY_LATER, "not taken")
                            : end(socket, Socket.FAILED, ""));
        }
    }

    /** Clients may give codes that nobody has defined. */
    private static SocketClose seen(int code, String reason) {
        return code > LAST ? SocketClose.UNSAID : new SocketClose(code, reason);
    }

    private static SocketClose end(Socket socket, int code, String reason) {
        socket.close(code, reason);
        return new SocketClose(code, reason);
    }
}
