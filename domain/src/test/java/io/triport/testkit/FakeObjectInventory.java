package io.triport.testkit;

import io.triport.domain.durable.DurableClasses;
import io.triport.domain.durable.DurableObjects;
import io.triport.domain.durable.KeptAlarm;
import io.triport.domain.durable.KeptObject;
import io.triport.domain.durable.KeptObjects;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectInventory;
import io.triport.domain.durable.ObjectSummary;
import io.triport.domain.durable.ObjectsQuery;
import io.triport.domain.durable.StateGlance;
import io.triport.domain.durable.StateKey;
import io.triport.domain.durable.StateLook;
import io.triport.domain.request.Bytes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What objects keep, as a test has said. For one thread at a time. */
public final class FakeObjectInventory implements ObjectInventory, DurableClasses {
    private final NavigableMap<String, NavigableMap<Bytes, Kept>> classes = new TreeMap<>();

    private record Kept(KeptObject object, NavigableMap<StateKey, Bytes> state) {}

    /** What the object keeps from now on; nothing for one that keeps nothing. */
    public void keep(ObjectClass type, ObjectId id, Map<StateKey, Bytes> state, KeptAlarm alarm) {
        var objects = classes.computeIfAbsent(type.text(), absent -> new TreeMap<>());
        if (state.isEmpty() && alarm.equals(KeptAlarm.NONE)) {
            objects.remove(id.bytes());
        } else {
            objects.put(id.bytes(), new Kept(new KeptObject(id, alarm), new TreeMap<>(state)));
        }
        classes.values().removeIf(Map::isEmpty);
    }

    @Override
    public Optional<DurableObjects> objects(ObjectClass type) {
        return Optional.empty();
    }

    @Override
    public ObjectInventory inventory() {
        return this;
    }

    @Override
    public List<ObjectClass> classes() {
        return classes.keySet().stream().map(ObjectClass::new).toList();
    }

    @Override
    public long count(ObjectClass type, int most) {
        return Math.min(most, objects(type.text()).size());
    }

    @Override
    public KeptObjects list(ObjectsQuery query) {
        var found = objects(query.type().text()).tailMap(query.after(), false).values().stream()
                .limit(query.limit() + 1L)
                .map(Kept::object)
                .toList();
        return KeptObjects.of(found, query.limit());
    }

    @Override
    public Optional<ObjectSummary> find(ObjectClass type, ObjectId id) {
        return kept(type, id).map(kept -> {
            var bytes = kept.state().entrySet().stream()
                    .mapToLong(entry -> (long) entry.getKey().bytes().size()
                            + entry.getValue().size())
                    .sum();
            return new ObjectSummary(kept.object(), kept.state().size(), bytes);
        });
    }

    @Override
    public List<StateGlance> state(ObjectClass type, ObjectId id, StateLook look) {
        return kept(type, id).stream()
                .flatMap(kept -> kept.state().entrySet().stream())
                .filter(entry -> look.entries().matches(entry.getKey()))
                .sorted(Comparator.comparing(Map.Entry::getKey))
                .limit(look.entries().limit())
                .map(entry -> glance(entry.getKey(), entry.getValue(), look.beginning()))
                .toList();
    }

    private static StateGlance glance(StateKey key, Bytes value, int most) {
        return new StateGlance(key, value.size(), value.slice(0, Math.min(most, value.size())));
    }

    private Optional<Kept> kept(ObjectClass type, ObjectId id) {
        return Optional.ofNullable(objects(type.text()).get(id.bytes()));
    }

    private NavigableMap<Bytes, Kept> objects(String type) {
        return classes.getOrDefault(type, new TreeMap<>());
    }
}
