package io.triport.storage.peer;

import io.triport.domain.durable.ClientSocket;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.SocketClose;
import io.triport.domain.durable.SocketLink;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.NodeAddress;
import io.triport.storage.durable.Access;
import io.triport.storage.durable.HandedEvent;
import io.triport.storage.durable.Handing;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Hands on to one node. Safe for many threads. */
final class OriginSide implements PeerConnection.Side {
    /** Longer than an object's node waits for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(65);

    private final PeerConnection connection;
    private final Runnable atEnd;
    private final AtomicLong exchanges = new AtomicLong();
    private final Map<Long, CompletableFuture<Frame>> awaited = new ConcurrentHashMap<>();
    private final Map<Long, ClientSocket> clients = new ConcurrentHashMap<>();
    /** What the other node had begun when it took nothing more; null while it does. */
    private volatile @Nullable Set<Long> begunAtEnd;

    /** The other node does not answer any more. */
    private static final class Lost extends Exception {
        private static final long serialVersionUID = 1;

        private final boolean sent;

        Lost(boolean sent) {
            super("connection lost", null, false, false);
            this.sent = sent;
        }
    }

    /** @param atEnd told when the connection has ended */
    OriginSide(PeerConnection connection, Runnable atEnd) {
        this.connection = connection;
        this.atEnd = atEnd;
    }

    int waiting() {
        return awaited.size();
    }

    boolean over() {
        return begunAtEnd != null || connection.over();
    }

    void close() {
        connection.close();
    }

    Handing<ObjectAnswer> ask(HandedEvent event) {
        var number = exchanges.incrementAndGet();
        try {
            var reply = exchange(new Frame(Frame.Kind.ASK, number, body(event)));
            return reply.kind() == Frame.Kind.ANSWER
                    ? new Handing.Given<>(new ObjectAnswer(reply.body()))
                    : notGiven(reply);
        } catch (Lost e) {
            return missed(e, event);
        }
    }

    Handing<Optional<SocketLink>> connect(HandedEvent event, ClientSocket client) {
        var number = exchanges.incrementAndGet();
        clients.put(number, client);
        var taken = false;
        try {
            var reply = exchange(new Frame(Frame.Kind.CONNECT, number, body(event)));
            taken = reply.kind() == Frame.Kind.ANSWER;
            return switch (reply.kind()) {
                case ANSWER -> new Handing.Given<>(Optional.of(new FarLink(this, number)));
                case DECLINED -> new Handing.Given<>(Optional.empty());
                default -> notGiven(reply);
            };
        } catch (Lost e) {
            return missed(e, event);
        } finally {
            if (!taken) {
                clients.remove(number);
                leave(number);
            }
        }
    }

    /** Whether the client has been told of no end yet. */
    boolean open(long number) {
        return clients.containsKey(number);
    }

    /** @throws StorageFailure FENCED where the socket has ended */
    void heard(long number, Bytes message) {
        if (!open(number)) {
            throw hasEnded();
        }
        try {
            var reply = exchange(ofSocket(Frame.Kind.HEARD, number, message));
            if (reply.kind() == Frame.Kind.MISSED) {
                throw hasEnded();
            }
            notGivenUnlessAnswered(reply);
        } catch (Lost e) {
            throw hasEnded();
        }
    }

    void left(long number, SocketClose how) {
        clients.remove(number);
        try {
            notGivenUnlessAnswered(exchange(ofSocket(Frame.Kind.LEFT, number, SocketForm.write(how))));
        } catch (Lost e) {
            // The other node sees by itself that nobody is there.
        }
    }

    @Override
    public void take(Frame frame) {
        var number = frame.exchange();
        switch (frame.kind()) {
            case ANSWER, DECLINED, ELSEWHERE, MISSED, FAILED -> {
                var waits = awaited.remove(number);
                if (waits != null) {
                    waits.complete(frame);
                }
            }
            case SAY -> {
                var client = clients.get(number);
                if (client != null) {
                    client.send(SocketForm.message(frame.body()));
                }
            }
            case END -> {
                var client = clients.remove(number);
                if (client != null) {
                    client.close(SocketForm.close(frame.body()));
                }
            }
            case BYE -> leave(new Unpacked(frame.body()));
            default -> throw new InvalidInput("frame", "one of a node that is handed to");
        }
    }

    @Override
    public void ended() {
        atEnd.run();
        awaited.values().forEach(waits -> waits.completeExceptionally(new Lost(true)));
        var last = List.copyOf(clients.values());
        clients.clear();
        last.forEach(client -> client.close(SocketClose.RESTART));
    }

    private void leave(Unpacked from) {
        var begun = new HashSet<Long>();
        for (var left = from.count(Frame.MOST); left > 0; left--) {
            begun.add(from.number());
        }
        from.end();
        begunAtEnd = begun;
        awaited.forEach(this::missUnlessBegun);
    }

    /** The other node has not seen it where it neither answered nor said that it had begun. */
    private void missUnlessBegun(long number, CompletableFuture<Frame> waits) {
        var begun = begunAtEnd;
        if (begun != null && !begun.contains(number)) {
            waits.complete(missed(number));
        }
    }

    private static Frame missed(long number) {
        return new Frame(Frame.Kind.MISSED, number, Bytes.EMPTY);
    }

    private Frame exchange(Frame frame) throws Lost {
        var reply = new CompletableFuture<Frame>();
        awaited.put(frame.exchange(), reply);
        var sent = false;
        try {
            sent = connection.put(frame);
            if (!sent) {
                throw new Lost(false);
            }
            // The other node may have said so before this was awaited.
            missUnlessBegun(frame.exchange(), reply);
            if (connection.over()) {
                // It may have ended before the reply was awaited.
                reply.completeExceptionally(new Lost(true));
            }
            return reply.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new Lost(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Lost(sent);
        } finally {
            awaited.remove(frame.exchange(), reply);
        }
    }

    /** For an object that may have taken the client when nobody waits for it any more. */
    private void leave(long number) {
        connection.force(ofSocket(Frame.Kind.LEFT, number, SocketForm.write(SocketClose.CUT)));
    }

    /** An exchange of its own. @param number of the exchange in which the client was taken */
    private Frame ofSocket(Frame.Kind kind, long number, Bytes body) {
        return new Frame(
                kind,
                exchanges.incrementAndGet(),
                new Packed().number(number).bytes(body).done());
    }

    private static Bytes body(HandedEvent event) {
        var body = EventForm.write(event);
        if (body.size() > Frame.MOST) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.TOO_LARGE, "event: " + body.size() + " bytes (expected: at most " + Frame.MOST + ")");
        }
        return body;
    }

    private static <R> Handing<R> missed(Lost e, HandedEvent event) {
        if (Thread.currentThread().isInterrupted() || e.sent && event.access() == Access.WRITE) {
            throw new StorageFailure.Unavailable(
                    e.sent ? FailureCode.OUTCOME_UNKNOWN : FailureCode.UNAVAILABLE, "object: its node was lost");
        }
        return new Handing.Missed<>();
    }

    private static <R> Handing<R> notGiven(Frame reply) {
        return switch (reply.kind()) {
            case ELSEWHERE ->
                new Handing.Elsewhere<>(NodeAddress.parse(reply.body().toUtf8()));
            case MISSED -> new Handing.Missed<>();
            case FAILED -> throw FailureForm.read(reply.body());
            default ->
                throw new StorageFailure.Unavailable(
                        FailureCode.OUTCOME_UNKNOWN, "object: its node answers " + reply.kind());
        };
    }

    private static void notGivenUnlessAnswered(Frame reply) {
        if (reply.kind() != Frame.Kind.ANSWER) {
            notGiven(reply);
        }
    }

    private static StorageFailure hasEnded() {
        return new StorageFailure.Unavailable(FailureCode.FENCED, "socket: has ended");
    }
}
