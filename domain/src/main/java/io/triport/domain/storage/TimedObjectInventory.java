package io.triport.domain.storage;

import io.triport.domain.durable.KeptObjects;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectInventory;
import io.triport.domain.durable.ObjectSummary;
import io.triport.domain.durable.ObjectsQuery;
import io.triport.domain.durable.StateGlance;
import io.triport.domain.durable.StateLook;
import java.util.List;
import java.util.Optional;

/** An inventory whose calls are told to the log. */
final class TimedObjectInventory implements ObjectInventory {
    private final ObjectInventory inventory;
    private final CallTimer timer;

    TimedObjectInventory(ObjectInventory inventory, CallTimer timer) {
        this.inventory = inventory;
        this.timer = timer;
    }

    @Override
    public List<ObjectClass> classes() {
        return timer.read("classes", inventory::classes, found -> told("classes", found.size()));
    }

    @Override
    public long count(ObjectClass type, int most) {
        return timer.on(type.text()).read("count", () -> inventory.count(type, most), found -> told("objects", found));
    }

    @Override
    public KeptObjects list(ObjectsQuery query) {
        return timer.on(query.type().text())
                .read(
                        "list",
                        () -> inventory.list(query),
                        page -> told("objects", page.objects().size()));
    }

    @Override
    public Optional<ObjectSummary> find(ObjectClass type, ObjectId id) {
        return timer.on(type.text())
                .about(id.bytes())
                .read("find", () -> inventory.find(type, id), found -> told("found", found.isPresent()));
    }

    @Override
    public List<StateGlance> state(ObjectClass type, ObjectId id, StateLook look) {
        return timer.on(type.text())
                .about(id.bytes())
                .read(
                        "state",
                        () -> inventory.state(type, id, look),
                        found -> told("entries", found.size())
                                .giving(found.stream()
                                        .mapToLong(entry -> entry.beginning().size())
                                        .sum()));
    }

    private static StorageCall.Done told(String name, Object value) {
        return new StorageCall.Done(name, value.toString());
    }
}
