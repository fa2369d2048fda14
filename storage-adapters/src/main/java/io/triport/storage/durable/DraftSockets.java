package io.triport.storage.durable;

import io.triport.domain.durable.AutoResponse;
import io.triport.domain.durable.ObjectSocket;
import io.triport.domain.durable.ObjectSockets;
import io.triport.domain.durable.SocketClose;
import io.triport.domain.durable.SocketMessage;
import io.triport.domain.durable.SocketTag;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sockets as an event sees them, and what it does to them when it has committed. Used by the event's thread alone. */
final class DraftSockets implements ObjectSockets {
    private final Turn turn;
    private final Room room;
    /** The one of the event itself, if it is about one. */
    private @Nullable RoomSocket offered;

    private Map<RoomSocket, Set<SocketTag>> accepted = new LinkedHashMap<>();
    private Map<RoomSocket, Bytes> attached = new HashMap<>();
    private Set<RoomSocket> closed = new HashSet<>();
    private List<Runnable> effects = new ArrayList<>();

    DraftSockets(Turn turn, Room room) {
        this.turn = turn;
        this.room = room;
    }

    void offer(RoomSocket socket) {
        offered = socket;
    }

    @Override
    public void accept(ObjectSocket socket, Set<SocketTag> tags) {
        turn.requireWritable();
        if (!(socket instanceof RoomSocket ours) || ours != offered) {
            throw new IllegalArgumentException("socket: another (expected: that of the event, once)");
        }
        if (tags.size() > MOST_TAGS) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.TOO_LARGE, "tags: " + tags.size() + " (expected: at most " + MOST_TAGS + ")");
        }
        if (room.size() >= MOST) {
            throw new StorageFailure.LimitExceeded(FailureCode.THROTTLED, "sockets: " + MOST + " (expected: no more)");
        }
        var kept = Set.copyOf(tags);
        offered = null;
        accepted.put(ours, kept);
        effects.add(() -> room.add(ours, kept));
    }

    @Override
    public List<ObjectSocket> all() {
        turn.requireAlone();
        var open = new ArrayList<ObjectSocket>(room.all());
        open.addAll(accepted.keySet());
        open.removeIf(closed::contains);
        return List.copyOf(open);
    }

    @Override
    public List<ObjectSocket> tagged(SocketTag tag) {
        return all().stream().filter(socket -> socket.tags().contains(tag)).toList();
    }

    @Override
    public void answerBy(AutoResponse response) {
        turn.requireWritable();
        effects.add(() -> room.answerBy(Optional.of(response)));
    }

    @Override
    public void answerByNothing() {
        turn.requireWritable();
        effects.add(() -> room.answerBy(Optional.empty()));
    }

    Set<SocketTag> tags(RoomSocket socket, Set<SocketTag> committed) {
        turn.requireAlone();
        return accepted.getOrDefault(socket, committed);
    }

    Bytes attachment(RoomSocket socket, Bytes committed) {
        turn.requireAlone();
        return attached.getOrDefault(socket, committed);
    }

    void attach(RoomSocket socket, Bytes note) {
        requireAccepted(socket);
        attached.put(socket, note);
        effects.add(() -> socket.attached(note));
    }

    void send(RoomSocket socket, SocketMessage message) {
        requireAccepted(socket);
        effects.add(() -> {
            if (room.has(socket)) {
                socket.client().send(message);
            }
        });
    }

    void close(RoomSocket socket, SocketClose how) {
        requireAccepted(socket);
        closed.add(socket);
        effects.add(() -> {
            if (room.remove(socket)) {
                socket.client().close(how);
            }
        });
    }

    private void requireAccepted(RoomSocket socket) {
        turn.requireWritable();
        if (!socket.accepted() && !accepted.containsKey(socket)) {
            throw new IllegalStateException("socket: not accepted (expected: accepted before it is used)");
        }
    }

    boolean hasEffects() {
        return !effects.isEmpty();
    }

    /** Does what waited for the commit, and begins anew. */
    void takeEffect() {
        var due = effects;
        forget();
        due.forEach(Runnable::run);
    }

    void forget() {
        accepted = new LinkedHashMap<>();
        attached = new HashMap<>();
        closed = new HashSet<>();
        effects = new ArrayList<>();
    }

    /** What takes back all that comes after now. */
    Runnable mark() {
        var offeredBefore = offered;
        var acceptedBefore = new LinkedHashMap<>(accepted);
        var attachedBefore = new HashMap<>(attached);
        var closedBefore = new HashSet<>(closed);
        var effectsBefore = new ArrayList<>(effects);
        return () -> {
            offered = offeredBefore;
            accepted = acceptedBefore;
            attached = attachedBefore;
            closed = closedBefore;
            effects = effectsBefore;
        };
    }
}
