package io.triport.domain.storage;

import io.triport.domain.durable.ClientSocket;
import io.triport.domain.durable.DurableObjects;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectListing;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.SocketClose;
import io.triport.domain.durable.SocketLink;
import io.triport.domain.durable.SocketMessage;
import io.triport.domain.durable.Staleness;
import java.util.Optional;

/** Objects whose turns are told to the log. */
final class TimedDurableObjects implements DurableObjects {
    private final DurableObjects objects;
    private final CallTimer timer;

    TimedDurableObjects(DurableObjects objects, CallTimer timer) {
        this.objects = objects;
        this.timer = timer;
    }

    @Override
    public ObjectId named(ObjectName name) {
        return objects.named(name);
    }

    @Override
    public ObjectId fresh() {
        return objects.fresh();
    }

    @Override
    public ObjectId parse(String text) {
        return objects.parse(text);
    }

    @Override
    public ObjectAnswer inTurn(ObjectId id, ObjectEvent event) {
        return timer.about(id.bytes()).change("turn", () -> objects.inTurn(id, event), answer -> told(event, answer));
    }

    @Override
    public ObjectAnswer read(ObjectId id, ObjectEvent event, Staleness most) {
        return timer.about(id.bytes()).read("read", () -> objects.read(id, event, most), answer -> told(event, answer));
    }

    @Override
    public Optional<SocketLink> connect(ObjectId id, ObjectEvent event, ClientSocket client) {
        var connected = timer.about(id.bytes())
                .change(
                        "connect",
                        () -> objects.connect(id, event, client),
                        link -> new StorageCall.Done("accepted", Boolean.toString(link.isPresent())));
        connected.ifPresent(link -> timer.staysOpen());
        return connected.map(link -> new SocketLink() {
            @Override
            public void message(SocketMessage message) {
                timer.change(
                        "message",
                        () -> {
                            link.message(message);
                            return message;
                        },
                        told -> new StorageCall.Done("bytes", Integer.toString(told.size())).bringing(told.size()));
            }

            @Override
            public void closed(SocketClose how) {
                timer.change(
                        "closed",
                        () -> {
                            link.closed(how);
                            return how;
                        },
                        told -> new StorageCall.Done("code", Integer.toString(told.code())));
            }
        });
    }

    @Override
    public ObjectListing list(Optional<ObjectId> after, int limit) {
        return timer.read(
                "list",
                () -> objects.list(after, limit),
                page -> new StorageCall.Done(
                        "objects", Integer.toString(page.ids().size())));
    }

    private static StorageCall.Done told(ObjectEvent event, ObjectAnswer answer) {
        return new StorageCall.Done("bytes", Integer.toString(answer.body().size()))
                .bringing(event.body().size())
                .giving(answer.body().size());
    }
}
