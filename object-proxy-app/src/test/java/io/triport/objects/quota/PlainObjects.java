package io.triport.objects.quota;

import io.triport.domain.durable.ClientSocket;
import io.triport.domain.durable.DurableClasses;
import io.triport.domain.durable.DurableObjects;
import io.triport.domain.durable.ObjectAlarm;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectContext;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectIds;
import io.triport.domain.durable.ObjectListing;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.ObjectOutbox;
import io.triport.domain.durable.ObjectSockets;
import io.triport.domain.durable.ObjectSql;
import io.triport.domain.durable.ObjectState;
import io.triport.domain.durable.SocketLink;
import io.triport.domain.durable.Staleness;
import io.triport.domain.durable.StateEntry;
import io.triport.domain.durable.StateKey;
import io.triport.domain.durable.StateQuery;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.testkit.SeededRandomness;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Objects of quotas that outlive whoever asks them: one lock, and a map for each. */
final class PlainObjects implements DurableClasses {
    private final Map<ObjectId, Map<StateKey, Bytes>> states = new HashMap<>();
    private final ObjectIds ids = new ObjectIds(QuotaObject.TYPE);
    final AtomicBoolean down = new AtomicBoolean();
    final AtomicInteger turns = new AtomicInteger();

    @Override
    public Optional<DurableObjects> objects(ObjectClass type) {
        return type.equals(QuotaObject.TYPE) ? Optional.of(new Objects()) : Optional.empty();
    }

    synchronized int kept() {
        return states.size();
    }

    private synchronized ObjectAnswer asked(ObjectId id, ObjectEvent event) {
        if (down.get()) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "down");
        }
        turns.incrementAndGet();
        var state = new TreeMap<>(states.getOrDefault(id, Map.of()));
        var answer = new QuotaObject().handle(event, new Context(id, new State(state)));
        states.remove(id);
        if (!state.isEmpty()) {
            states.put(id, state);
        }
        return answer;
    }

    private synchronized List<ObjectId> all() {
        return List.copyOf(states.keySet());
    }

    private final class Objects implements DurableObjects {
        @Override
        public ObjectId named(ObjectName name) {
            return ids.named(name);
        }

        @Override
        public ObjectId fresh() {
            return ids.fresh(new SeededRandomness(1));
        }

        @Override
        public ObjectId parse(String text) {
            return ids.parse(text);
        }

        @Override
        public ObjectAnswer inTurn(ObjectId id, ObjectEvent event) {
            return asked(id, event);
        }

        @Override
        public ObjectAnswer read(ObjectId id, ObjectEvent event, Staleness most) {
            return asked(id, event);
        }

        @Override
        public Optional<SocketLink> connect(ObjectId id, ObjectEvent event, ClientSocket client) {
            return Optional.empty();
        }

        @Override
        public ObjectListing list(Optional<ObjectId> after, int limit) {
            return new ObjectListing.Last(all());
        }
    }

    private record Context(ObjectId id, ObjectState state) implements ObjectContext {
        @Override
        public ObjectAlarm alarm() {
            throw new UnsupportedOperationException("alarm");
        }

        @Override
        public ObjectSql sql() {
            throw new UnsupportedOperationException("sql");
        }

        @Override
        public ObjectOutbox outbox() {
            throw new UnsupportedOperationException("outbox");
        }

        @Override
        public ObjectSockets sockets() {
            throw new UnsupportedOperationException("sockets");
        }

        @Override
        public void sync() {
            throw new UnsupportedOperationException("sync");
        }

        @Override
        public <R> R yieldDuring(Supplier<R> call) {
            throw new UnsupportedOperationException("yield");
        }

        @Override
        public ObjectAnswer call(ObjectId other, ObjectEvent event) {
            throw new UnsupportedOperationException("call");
        }
    }

    private record State(Map<StateKey, Bytes> entries) implements ObjectState {
        @Override
        public Map<StateKey, Bytes> get(Set<StateKey> keys) {
            var found = new HashMap<>(entries);
            found.keySet().retainAll(keys);
            return found;
        }

        @Override
        public void put(Map<StateKey, Bytes> more) {
            entries.putAll(more);
        }

        @Override
        public int delete(Set<StateKey> keys) {
            var before = entries.size();
            entries.keySet().removeAll(keys);
            return before - entries.size();
        }

        @Override
        public List<StateEntry> list(StateQuery query) {
            throw new UnsupportedOperationException("list");
        }

        @Override
        public void deleteAll() {
            entries.clear();
        }

        @Override
        public <R> R transaction(Supplier<R> body) {
            throw new UnsupportedOperationException("transaction");
        }
    }
}
