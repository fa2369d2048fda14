package io.triport.storage.durable;

import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.StateEntry;
import io.triport.domain.durable.StateKey;
import io.triport.domain.durable.StateQuery;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.QueueName;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.NodeAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A store that tells a test of each commit, and of each note of messages, before it is made, and of each commit afterwards.
 *
 * @param besides bytes that every object keeps, too
 */
record HookedStateStore(
        StateStore store,
        AtomicReference<Runnable> beforeCommit,
        AtomicReference<Runnable> afterCommit,
        AtomicReference<Runnable> beforeNote,
        AtomicLong besides)
        implements StateStore {
    @Override
    public EngineInfo info() {
        return store.info();
    }

    @Override
    public Optional<Tenure> claim(Address address) {
        return store.claim(address);
    }

    @Override
    public Optional<NodeAddress> owner(Address address) {
        return store.owner(address);
    }

    @Override
    public Optional<Neighbours> neighbours() {
        return store.neighbours();
    }

    @Override
    public Map<StateKey, Bytes> read(Tenure tenure, Set<StateKey> keys) {
        return store.read(tenure, keys);
    }

    @Override
    public List<StateEntry> list(Tenure tenure, StateQuery query) {
        return store.list(tenure, query);
    }

    @Override
    public NavigableMap<Integer, Bytes> pages(Tenure tenure, int after, int most) {
        return store.pages(tenure, after, most);
    }

    @Override
    public long bytes(Tenure tenure) {
        return besides.get() + store.bytes(tenure);
    }

    @Override
    public Optional<StoredAlarm> alarm(Tenure tenure) {
        return store.alarm(tenure);
    }

    @Override
    public List<Address> due(ObjectClass type, Instant now, int most) {
        return store.due(type, now, most);
    }

    @Override
    public void commit(Tenure tenure, StateChanges changes) {
        beforeCommit.get().run();
        store.commit(tenure, changes);
        afterCommit.get().run();
    }

    @Override
    public Set<QueueName> addressees() {
        return store.addressees();
    }

    @Override
    public List<OutboxEntry> outbox(QueueName queue, int most) {
        return store.outbox(queue, most);
    }

    @Override
    public void delivered(List<Long> numbers) {
        beforeNote.get().run();
        store.delivered(numbers);
    }

    @Override
    public boolean lasts(Tenure tenure) {
        return store.lasts(tenure);
    }

    @Override
    public boolean rests(Tenure tenure) {
        return store.rests(tenure);
    }

    @Override
    public void ends(Tenure tenure) {
        store.ends(tenure);
    }

    @Override
    public List<ObjectId> objects(ObjectClass type, Bytes after, int most) {
        return store.objects(type, after, most);
    }

    @Override
    public void close() {
        store.close();
    }
}
