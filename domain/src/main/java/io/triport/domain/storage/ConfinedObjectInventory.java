package io.triport.domain.storage;

import io.triport.domain.durable.KeptObject;
import io.triport.domain.durable.KeptObjects;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectIds;
import io.triport.domain.durable.ObjectInventory;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.ObjectSummary;
import io.triport.domain.durable.ObjectsQuery;
import io.triport.domain.durable.StateGlance;
import io.triport.domain.durable.StateLook;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.request.Bytes;
import java.util.List;
import java.util.Optional;

/** The objects at which a grant lets somebody look; the others do not exist for it, and a class without any is refused. */
final class ConfinedObjectInventory implements ObjectInventory {
    private final ObjectInventory inventory;
    private final GrantGuard guard;

    ConfinedObjectInventory(ObjectInventory inventory, GrantGuard guard) {
        this.inventory = inventory;
        this.guard = guard;
    }

    @Override
    public List<ObjectClass> classes() {
        guard.requireLive();
        return inventory.classes().stream().filter(this::reaches).toList();
    }

    /** Of all objects, so that a grant for some names does not permit it. */
    @Override
    public long count(ObjectClass type, int most) {
        guard.require(Action.DURABLE_INSPECT, new ResourceName(type.text(), Bytes.EMPTY));
        return inventory.count(type, most);
    }

    @Override
    public KeptObjects list(ObjectsQuery query) {
        requireReach(query.type());
        var page = inventory.list(query);
        var ids = new ObjectIds(query.type());
        var seen = page.objects().stream()
                .filter(object -> permits(query.type(), ids, object))
                .toList();
        return switch (page) {
            case KeptObjects.Last last -> new KeptObjects.Last(seen);
            case KeptObjects.More more -> new KeptObjects.More(seen, more.last());
        };
    }

    @Override
    public Optional<ObjectSummary> find(ObjectClass type, ObjectId id) {
        requireReach(type);
        return inventory.find(type, id).filter(found -> permits(type, new ObjectIds(type), found.object()));
    }

    @Override
    public List<StateGlance> state(ObjectClass type, ObjectId id, StateLook look) {
        requireReach(type);
        var all = guard.permits(Action.DURABLE_INSPECT, new ResourceName(type.text(), Bytes.EMPTY));
        return all || find(type, id).isPresent() ? inventory.state(type, id, look) : List.of();
    }

    private void requireReach(ObjectClass type) {
        guard.requireLive();
        if (!reaches(type)) {
            throw new StorageFailure.AccessDenied("grant: does not permit " + Action.DURABLE_INSPECT.scope());
        }
    }

    private boolean reaches(ObjectClass type) {
        return !guard.grant().prefixes(Action.DURABLE_INSPECT, type.text()).isEmpty();
    }

    /** A name counts only where the id is made of it, as in {@link ConfinedDurableObjects}: what stored it may have been told another. */
    private boolean permits(ObjectClass type, ObjectIds ids, KeptObject object) {
        var name = object.id().name().filter(kept -> ids.named(kept).equals(object.id()));
        var resource = new ResourceName(type.text(), name.map(ObjectName::bytes).orElse(Bytes.EMPTY));
        return guard.permits(Action.DURABLE_INSPECT, resource);
    }
}
