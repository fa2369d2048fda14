package io.triport.storage.peer;

import io.triport.domain.durable.SocketClose;
import io.triport.domain.durable.SocketLink;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.storage.durable.HandedOn;
import io.triport.storage.durable.Handing;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one node that hands on. */
final class OwnerSide implements PeerConnection.Side {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");

    private final PeerConnection connection;
    private final HandedOn handedOn;
    private final Map<Long, SocketLink> links = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rested = lock.newCondition();
    /** Exchanges that have come and are not answered. */
    private final Set<Long> working = new HashSet<>();

    private boolean leaving;

    OwnerSide(PeerConnection connection, HandedOn handedOn) {
        this.connection = connection;
        this.handedOn = handedOn;
    }

    /**
     * Lets what has come be answered for a while, and tells then what was not. What comes meanwhile is not looked at.
     *
     * @param nanos at most
     */
    void leave(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            leaving = true;
            var left = nanos;
            while (!working.isEmpty() && left > 0) {
                left = rested.awaitNanos(left);
            }
            var packed = new Packed().number(working.size());
            working.forEach(packed::number);
            connection.force(Frame.of(Frame.Kind.BYE, packed.done()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void take(Frame frame) {
        var number = frame.exchange();
        if (!begin(number)) {
            return;
        }
        switch (frame.kind()) {
            case ASK -> {
                var event = EventForm.read(frame.body());
                apart(number, () -> handed(number, handedOn.ask(event), answer -> answer(number, answer.body())));
            }
            case CONNECT -> {
                var event = EventForm.read(frame.body());
                var client = new FarClient(connection, number);
                apart(number, () -> handed(number, handedOn.connect(event, client), link -> linked(number, link)));
            }
            case HEARD -> {
                var from = new Unpacked(frame.body());
                var socket = from.number();
                var message = SocketForm.message(from.last());
                apart(number, () -> {
                    link(socket).message(message);
                    return answer(number, Bytes.EMPTY);
                });
            }
            case LEFT -> {
                var from = new Unpacked(frame.body());
                var socket = from.number();
                var how = SocketForm.close(from.last());
                apart(number, () -> {
                    left(socket, how);
                    return answer(number, Bytes.EMPTY);
                });
            }
            default -> throw new InvalidInput("frame", "one of a node that hands on");
        }
    }

    @Override
    public void ended() {
        for (var number : links.keySet()) {
            Thread.ofVirtual().name("peer-event").start(() -> left(number, SocketClose.CUT));
        }
    }

    /** On a thread of its own, because the connection's must not wait. */
    private void apart(long number, Supplier<Frame> work) {
        Thread.ofVirtual().name("peer-event").start(() -> reply(replied(number, work)));
    }

    private boolean begin(long number) {
        lock.lock();
        try {
            return !leaving && working.add(number);
        } finally {
            lock.unlock();
        }
    }

    private void reply(Frame frame) {
        try {
            connection.put(frame);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            answered(frame.exchange());
        }
    }

    private void answered(long number) {
        lock.lock();
        try {
            working.remove(number);
            if (working.isEmpty()) {
                rested.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private static Frame replied(long number, Supplier<Frame> work) {
        try {
            var frame = work.get();
            if (frame.body().size() > Frame.MOST) {
                throw new StorageFailure.Unavailable(
                        FailureCode.OUTCOME_UNKNOWN, "object: an answer too large to hand on");
            }
            return frame;
        } catch (StorageFailure | InvalidInput e) {
            return new Frame(Frame.Kind.FAILED, number, FailureForm.write(e));
        } catch (RuntimeException | Error e) {
            LOG.error("object failed, for another node", e);
            return new Frame(Frame.Kind.FAILED, number, FailureForm.write(e));
        }
    }

    private static <R> Frame handed(long number, Handing<R> handing, Function<R, Frame> given) {
        return switch (handing) {
            case Handing.Given<R>(var answer) -> given.apply(answer);
            case Handing.Elsewhere<R>(var owner) ->
                new Frame(Frame.Kind.ELSEWHERE, number, Bytes.utf8(owner.toString()));
            case Handing.Missed<R> missed -> new Frame(Frame.Kind.MISSED, number, Bytes.EMPTY);
        };
    }

    private static Frame answer(long number, Bytes body) {
        return new Frame(Frame.Kind.ANSWER, number, body);
    }

    private Frame linked(long number, Optional<SocketLink> link) {
        if (link.isEmpty()) {
            return new Frame(Frame.Kind.DECLINED, number, Bytes.EMPTY);
        }
        links.put(number, link.get());
        if (connection.over()) {
            left(number, SocketClose.CUT);
        }
        return answer(number, Bytes.EMPTY);
    }

    private SocketLink link(long number) {
        var link = links.get(number);
        if (link == null) {
            throw new StorageFailure.Unavailable(FailureCode.FENCED, "socket: has ended");
        }
        return link;
    }

    private void left(long number, SocketClose how) {
        var link = links.remove(number);
        if (link != null) {
            link.closed(how);
        }
    }
}
