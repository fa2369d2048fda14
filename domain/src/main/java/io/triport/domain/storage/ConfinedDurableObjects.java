package io.triport.domain.storage;

import io.triport.domain.durable.ClientSocket;
import io.triport.domain.durable.DurableObjects;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectListing;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.SocketClose;
import io.triport.domain.durable.SocketLink;
import io.triport.domain.durable.SocketMessage;
import io.triport.domain.durable.Staleness;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.request.Bytes;
import java.util.Optional;

/** The objects of a class as far as a grant reaches. A call that reaches further has no effect. */
final class ConfinedDurableObjects implements DurableObjects {
    private final DurableObjects objects;
    private final GrantGuard guard;
    private final ObjectClass type;

    ConfinedDurableObjects(DurableObjects objects, GrantGuard guard, ObjectClass type) {
        this.objects = objects;
        this.guard = guard;
        this.type = type;
    }

    @Override
    public ObjectId named(ObjectName name) {
        guard.requireLive();
        return objects.named(name);
    }

    @Override
    public ObjectId fresh() {
        guard.requireLive();
        return objects.fresh();
    }

    @Override
    public ObjectId parse(String text) {
        guard.requireLive();
        return objects.parse(text);
    }

    @Override
    public ObjectAnswer inTurn(ObjectId id, ObjectEvent event) {
        guard.require(Action.DURABLE_TURN, name(id));
        return objects.inTurn(id, event);
    }

    @Override
    public ObjectAnswer read(ObjectId id, ObjectEvent event, Staleness most) {
        guard.require(Action.DURABLE_READ, name(id));
        return objects.read(id, event, most);
    }

    /** Each message needs what the connection needed; the end of one needs nothing. */
    @Override
    public Optional<SocketLink> connect(ObjectId id, ObjectEvent event, ClientSocket client) {
        var name = name(id);
        guard.require(Action.DURABLE_TURN, name);
        return objects.connect(id, event, client).map(link -> new SocketLink() {
            @Override
            public void message(SocketMessage message) {
                guard.require(Action.DURABLE_TURN, name);
                link.message(message);
            }

            @Override
            public void closed(SocketClose how) {
                link.closed(how);
            }
        });
    }

    @Override
    public ObjectListing list(Optional<ObjectId> after, int limit) {
        guard.require(Action.DURABLE_LIST, new ResourceName(type.text(), Bytes.EMPTY));
        return objects.list(after, limit);
    }

    /**
     * A name counts only where the id is the one that is made of it: whoever could put another name to an id could reach what
     * the grant does not.
     */
    private ResourceName name(ObjectId id) {
        var name = id.name().filter(claimed -> objects.named(claimed).equals(id));
        return new ResourceName(type.text(), name.map(ObjectName::bytes).orElse(Bytes.EMPTY));
    }
}
