package io.triport.storage.durable;

import io.triport.domain.durable.ClientSocket;
import io.triport.domain.durable.ObjectSocket;
import io.triport.domain.durable.SocketClose;
import io.triport.domain.durable.SocketMessage;
import io.triport.domain.durable.SocketTag;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.util.Set;

/** A connection and what its object keeps with it. What is kept changes with commits alone; the room's lock guards it. */
final class RoomSocket implements ObjectSocket {
    private final ClientSocket client;
    private final LiveObject object;
    private volatile Set<SocketTag> tags = Set.of();
    private volatile Bytes attachment = Bytes.EMPTY;
    private volatile boolean accepted;
    /** Whoever asked for it does not wait any more. */
    private volatile boolean abandoned;

    RoomSocket(ClientSocket client, LiveObject object) {
        this.client = client;
        this.object = object;
    }

    ClientSocket client() {
        return client;
    }

    LiveObject object() {
        return object;
    }

    boolean abandoned() {
        return abandoned;
    }

    void abandon() {
        abandoned = true;
        object.room().remove(this);
    }

    /** Whether its object has taken it, even if it has ended since. */
    boolean accepted() {
        return accepted;
    }

    void accept(Set<SocketTag> with) {
        tags = with;
        accepted = true;
    }

    void attached(Bytes note) {
        attachment = note;
    }

    // The object's code.

    @Override
    public Set<SocketTag> tags() {
        return object.turn().sockets().tags(this, tags);
    }

    @Override
    public Bytes attachment() {
        return object.turn().sockets().attachment(this, attachment);
    }

    @Override
    public void attach(Bytes note) {
        if (note.size() > MOST_ATTACHED) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.TOO_LARGE,
                    "attachment: " + note.size() + " bytes (expected: at most " + MOST_ATTACHED + ")");
        }
        object.turn().sockets().attach(this, note);
    }

    @Override
    public void send(SocketMessage message) {
        object.turn().sockets().send(this, message);
    }

    @Override
    public void close(SocketClose how) {
        if (!how.sendable()) {
            throw new InvalidInput("close code", "one that may be sent");
        }
        object.turn().sockets().close(this, how);
    }
}
