package io.triport.storage.durable;

import io.triport.domain.durable.ClientSocket;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.SocketLink;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The event in which an object of this node is asked to take a client. */
final class Asking implements Turn.Work {
    private final Turns turns;
    private final ObjectEvent event;
    private final ClientSocket client;
    private final AtomicReference<@Nullable RoomSocket> offered = new AtomicReference<>();
    private final AtomicBoolean gone = new AtomicBoolean();

    Asking(Turns turns, ObjectEvent event, ClientSocket client) {
        this.turns = turns;
        this.event = event;
        this.client = client;
    }

    @Override
    public ObjectAnswer on(Turn turn) {
        var socket = new RoomSocket(client, turn.object());
        offered.set(socket);
        if (gone.get()) {
            socket.abandon();
        }
        turn.sockets().offer(socket);
        turn.instance().connect(event, socket, turn);
        return ObjectAnswer.EMPTY;
    }

    /** @param bring brings this event to its object @return empty where the object does not take the client */
    Handing<Optional<SocketLink>> asked(Supplier<Handing<ObjectAnswer>> bring) {
        try {
            return switch (bring.get()) {
                case Handing.Given<ObjectAnswer> given -> new Handing.Given<>(link());
                case Handing.Elsewhere<ObjectAnswer>(var owner) -> new Handing.Elsewhere<>(owner);
                case Handing.Missed<ObjectAnswer> missed -> new Handing.Missed<>();
            };
        } catch (RuntimeException e) {
            // The event may go on, and accept it when nobody is there.
            gone.set(true);
            var socket = offered.get();
            if (socket != null) {
                socket.abandon();
            }
            throw e;
        }
    }

    private Optional<SocketLink> link() {
        return Optional.ofNullable(offered.get())
                .filter(RoomSocket::accepted)
                .map(socket -> new ObjectLink(turns, socket));
    }
}
