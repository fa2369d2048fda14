package io.triport.storage.durable;

import io.triport.domain.durable.AutoResponse;
import io.triport.domain.durable.SocketClose;
import io.triport.domain.durable.SocketMessage;
import io.triport.domain.durable.SocketTag;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The open sockets of one object, whichever instance it has. Safe for many threads: its lock guards all. */
final class Room {
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<RoomSocket> sockets = new LinkedHashSet<>();
    private Optional<AutoResponse> response = Optional.empty();

    void add(RoomSocket socket, Set<SocketTag> tags) {
        locked(() -> {
            socket.accept(tags);
            return !socket.abandoned() && sockets.add(socket);
        });
    }

    /** Whether it was open. */
    boolean remove(RoomSocket socket) {
        return locked(() -> sockets.remove(socket));
    }

    boolean has(RoomSocket socket) {
        return locked(() -> sockets.contains(socket));
    }

    boolean isEmpty() {
        return locked(sockets::isEmpty);
    }

    int size() {
        return locked(sockets::size);
    }

    List<RoomSocket> all() {
        return locked(() -> List.copyOf(sockets));
    }

    void answerBy(Optional<AutoResponse> other) {
        locked(() -> response = other);
    }

    /** What is answered to a message without the object. */
    Optional<SocketMessage> answerTo(SocketMessage message) {
        return message instanceof SocketMessage.Text(var text)
                ? locked(() -> response)
                        .filter(pair -> pair.request().equals(text))
                        .map(pair -> new SocketMessage.Text(pair.response()))
                : Optional.empty();
    }

    /** Closes all. */
    void end(SocketClose how) {
        var last = locked(() -> {
            var all = List.copyOf(sockets);
            sockets.clear();
            return all;
        });
        last.forEach(socket -> socket.client().close(how));
    }

    private <R> R locked(Supplier<R> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
