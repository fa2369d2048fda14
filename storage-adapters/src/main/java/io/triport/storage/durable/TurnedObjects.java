package io.triport.storage.durable;

import io.triport.domain.durable.ClientSocket;
import io.triport.domain.durable.DurableObjects;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectIds;
import io.triport.domain.durable.ObjectListing;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.SocketLink;
import io.triport.domain.durable.Staleness;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.util.Optional;

/** The objects of one class. */
final class TurnedObjects implements DurableObjects {
    private static final int MOST_LISTED = 1_000;

    private final Turns turns;
    private final ObjectClass type;
    private final ObjectIds ids;

    TurnedObjects(Turns turns, ObjectClass type) {
        this.turns = turns;
        this.type = type;
        this.ids = new ObjectIds(type);
    }

    @Override
    public ObjectId named(ObjectName name) {
        return ids.named(name);
    }

    @Override
    public ObjectId fresh() {
        return ids.fresh(turns.randomness());
    }

    @Override
    public ObjectId parse(String text) {
        return ids.parse(text);
    }

    @Override
    public ObjectAnswer inTurn(ObjectId id, ObjectEvent event) {
        return turns.ask(address(id), event, Access.WRITE, Caller.OUTSIDE);
    }

    /** By the owner alone, and so never from an older commit than the last. */
    @Override
    public ObjectAnswer read(ObjectId id, ObjectEvent event, Staleness most) {
        return turns.ask(address(id), event, Access.READ, Caller.OUTSIDE);
    }

    @Override
    public Optional<SocketLink> connect(ObjectId id, ObjectEvent event, ClientSocket client) {
        return turns.connect(address(id), event, client);
    }

    @Override
    public ObjectListing list(Optional<ObjectId> after, int limit) {
        if (limit < 1 || limit > MOST_LISTED) {
            throw new InvalidInput("limit", "1.." + MOST_LISTED);
        }
        var from = after.map(last -> address(last).id().bytes()).orElse(Bytes.EMPTY);
        var found = turns.store().objects(type, from, limit + 1);
        if (found.size() <= limit) {
            return new ObjectListing.Last(found);
        }
        var page = found.subList(0, limit);
        return new ObjectListing.More(page, page.getLast());
    }

    private Address address(ObjectId id) {
        ids.require(id.bytes());
        return new Address(type, id);
    }
}
