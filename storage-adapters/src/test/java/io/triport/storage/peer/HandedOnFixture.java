package io.triport.storage.peer;

import io.triport.domain.durable.DurableClasses;
import io.triport.domain.durable.DurableCode;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.StateEntry;
import io.triport.domain.durable.StateKey;
import io.triport.domain.durable.StateQuery;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.QueueName;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.NodeAddress;
import io.triport.domain.storage.NodeLink;
import io.triport.domain.time.Randomness;
import io.triport.storage.durable.Address;
import io.triport.storage.durable.OutboxEntry;
import io.triport.storage.durable.StateChanges;
import io.triport.storage.durable.StateStore;
import io.triport.storage.durable.StoredAlarm;
import io.triport.storage.durable.Tenure;
import io.triport.storage.durable.Turns;
import io.triport.storage.durable.TurnsFixture;
import io.triport.storage.memory.Memory;
import io.triport.testkit.DurableFixture;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TlsAuthority;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Objects that one node has, all asked by way of another. */
final class HandedOnFixture implements DurableFixture {
    private static final NodeAddress ANY = new NodeAddress("127.0.0.1", 0);

    private final TlsAuthority authority = new TlsAuthority();
    private final TurnsFixture owner = new TurnsFixture(this::states, new SettableTicker(), () -> {});
    private StateStore kept = Memory.states();
    private @Nullable Pair open;

    /** What is open. */
    private record Pair(PeerNodes has, PeerNodes asks, Turns turns) {
        private void close() {
            turns.close();
            asks.close();
            has.close();
        }
    }

    @Override
    public DurableClasses open(DurableCode code) {
        closeOpen();
        var has = node();
        var asks = node();
        owner.among(has);
        owner.open(code);
        var means = new Turns.Means(owner.clock(), owner.ticker(), Randomness.system(), Thread::yield);
        var turns = new Turns(new Elsewhere(kept, has.announced()), code, queue -> Optional.empty(), means.with(asks));
        open = new Pair(has, asks, turns);
        return turns;
    }

    @Override
    public EngineInfo info() {
        return owner.info();
    }

    @Override
    public void openBeside(DurableCode code) {
        owner.openBeside(code);
    }

    @Override
    public void beforeCommit(Runnable hook) {
        owner.beforeCommit(hook);
    }

    @Override
    public void afterCommit(Runnable hook) {
        owner.afterCommit(hook);
    }

    @Override
    public SettableTicker ticker() {
        return owner.ticker();
    }

    @Override
    public SettableClock clock() {
        return owner.clock();
    }

    @Override
    public void ring() {
        owner.ring();
    }

    @Override
    public void deliverMessages() {
        owner.deliverMessages();
    }

    @Override
    public void besides(long bytes) {
        owner.besides(bytes);
    }

    @Override
    public void beforeNote(Runnable hook) {
        owner.beforeNote(hook);
    }

    @Override
    public Queue queue(QueueDefinition definition) {
        return owner.queue(definition);
    }

    @Override
    public void look() {
        owner.look();
    }

    @Override
    public void close() {
        owner.close();
        closeOpen();
    }

    private void closeOpen() {
        var last = open;
        if (last != null) {
            last.close();
        }
    }

    private PeerNodes node() {
        return PeerNodes.open(new NodeLink(ANY, ANY, () -> authority.proof(authority.issue("CN=node"))));
    }

    private StateStore states() {
        kept = Memory.states();
        return kept;
    }

    /** States of which another node has all. */
    private record Elsewhere(StateStore store, NodeAddress node) implements StateStore {
        @Override
        public EngineInfo info() {
            return store.info();
        }

        @Override
        public Optional<Tenure> claim(Address address) {
            return Optional.empty();
        }

        @Override
        public Optional<NodeAddress> owner(Address address) {
            return Optional.of(node);
        }

        @Override
        public List<ObjectId> objects(ObjectClass type, Bytes after, int most) {
            return store.objects(type, after, most);
        }

        @Override
        public List<Address> due(ObjectClass type, Instant now, int most) {
            return List.of();
        }

        @Override
        public Set<QueueName> addressees() {
            return Set.of();
        }

        @Override
        public Map<StateKey, Bytes> read(Tenure tenure, Set<StateKey> keys) {
            throw unowned();
        }

        @Override
        public List<StateEntry> list(Tenure tenure, StateQuery query) {
            throw unowned();
        }

        @Override
        public NavigableMap<Integer, Bytes> pages(Tenure tenure, int after, int most) {
            throw unowned();
        }

        @Override
        public long bytes(Tenure tenure) {
            throw unowned();
        }

        @Override
        public Optional<StoredAlarm> alarm(Tenure tenure) {
            throw unowned();
        }

        @Override
        public void commit(Tenure tenure, StateChanges changes) {
            throw unowned();
        }

        @Override
        public List<OutboxEntry> outbox(QueueName queue, int most) {
            throw unowned();
        }

        @Override
        public void delivered(List<Long> numbers) {
            throw unowned();
        }

        @Override
        public boolean lasts(Tenure tenure) {
            throw unowned();
        }

        @Override
        public boolean rests(Tenure tenure) {
            throw unowned();
        }

        @Override
        public void ends(Tenure tenure) {
            throw unowned();
        }

        @Override
        public void close() {
            // It is the other node's.
        }

        private static AssertionError unowned() {
            return new AssertionError("a node works on an object that another has");
        }
    }
}
