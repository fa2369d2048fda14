package io.triport.storage.memory;

import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.StateEntry;
import io.triport.domain.durable.StateKey;
import io.triport.domain.durable.StateQuery;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.QueueName;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.EngineInfo;
import io.triport.storage.durable.Address;
import io.triport.storage.durable.AlarmChange;
import io.triport.storage.durable.OutboxEntry;
import io.triport.storage.durable.PageChanges;
import io.triport.storage.durable.StateChanges;
import io.triport.storage.durable.StateStore;
import io.triport.storage.durable.StoredAlarm;
import io.triport.storage.durable.Tenure;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** States in memory. One lock guards all. */
final class MemoryStateStore implements StateStore {
    /** Nobody is kept out: whoever opens another has another. */
    private static final EngineInfo INFO = new EngineInfo(MemoryEngine.INFO.name(), Durability.VOLATILE);

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Address, Kept> objects = new HashMap<>();
    private final Map<Address, Long> owners = new HashMap<>();
    private long epoch;

    /** @param id with the name that it came with first */
    private record Kept(ObjectId id, NavigableMap<StateKey, Bytes> state, NavigableMap<Integer, Bytes> pages) {
        private boolean isEmpty() {
            return state.isEmpty() && pages.isEmpty();
        }
    }

    private final Map<Address, StoredAlarm> alarms = new HashMap<>();
    private final NavigableMap<Long, OutboxEntry> outbox = new TreeMap<>();
    private long sent;

    @Override
    public EngineInfo info() {
        return INFO;
    }

    @Override
    public Optional<Tenure> claim(Address address) {
        return locked(() -> {
            epoch++;
            owners.put(address, epoch);
            var kept = objects.get(address);
            var named = kept == null || kept.id().name().isEmpty() ? address : new Address(address.type(), kept.id());
            return Optional.of(new Tenure(named, 0, epoch));
        });
    }

    @Override
    public Map<StateKey, Bytes> read(Tenure tenure, Set<StateKey> keys) {
        return locked(() -> {
            var found = new HashMap<StateKey, Bytes>();
            for (var key : keys) {
                var value = state(tenure.address()).get(key);
                if (value != null) {
                    found.put(key, value);
                }
            }
            return found;
        });
    }

    @Override
    public List<StateEntry> list(Tenure tenure, StateQuery query) {
        return locked(() -> state(tenure.address()).entrySet().stream()
                .filter(entry -> query.matches(entry.getKey()))
                .limit(query.limit())
                .map(entry -> new StateEntry(entry.getKey(), entry.getValue()))
                .toList());
    }

    @Override
    public NavigableMap<Integer, Bytes> pages(Tenure tenure, int after, int most) {
        return locked(() -> {
            var found = new TreeMap<Integer, Bytes>();
            pages(tenure.address()).tailMap(after, false).entrySet().stream()
                    .limit(most)
                    .forEach(page -> found.put(page.getKey(), page.getValue()));
            return found;
        });
    }

    @Override
    public long bytes(Tenure tenure) {
        return locked(() -> {
            var entries = state(tenure.address()).entrySet().stream()
                    .mapToLong(entry -> (long) entry.getKey().bytes().size()
                            + entry.getValue().size())
                    .sum();
            return entries + (long) pages(tenure.address()).size() * PageChanges.PAGE_BYTES;
        });
    }

    @Override
    public Optional<StoredAlarm> alarm(Tenure tenure) {
        return locked(() -> Optional.ofNullable(alarms.get(tenure.address())));
    }

    @Override
    public List<Address> due(ObjectClass type, Instant now, int most) {
        return locked(() -> alarms.entrySet().stream()
                .filter(entry -> entry.getKey().type().equals(type)
                        && !entry.getValue().dueAt().isAfter(now))
                .sorted(Comparator.comparing(entry -> entry.getValue().dueAt()))
                .limit(most)
                .flatMap(entry -> Stream.ofNullable(objects.get(entry.getKey())))
                .map(kept -> new Address(type, kept.id()))
                .toList());
    }

    @Override
    public void commit(Tenure tenure, StateChanges changes) {
        locked(() -> {
            var address = tenure.address();
            if (!lasts(tenure)) {
                throw new StorageFailure.Unavailable(FailureCode.FENCED, "memory: another owner");
            }
            var kept =
                    objects.computeIfAbsent(address, absent -> new Kept(absent.id(), new TreeMap<>(), new TreeMap<>()));
            if (changes.before() == StateChanges.Before.GOES) {
                kept.state().clear();
                kept.pages().clear();
            }
            changes.deletes().forEach(kept.state()::remove);
            kept.state().putAll(changes.puts());
            if (!changes.pages().none()) {
                kept.pages().tailMap(changes.pages().after(), false).clear();
                kept.pages().putAll(changes.pages().written());
            }
            changeAlarm(address, changes.alarm());
            for (var entry : changes.sends()) {
                sent++;
                outbox.put(sent, new OutboxEntry(sent, entry.queue(), entry.message()));
            }
            if (kept.isEmpty() && !alarms.containsKey(address)) {
                objects.remove(address);
            }
            return address;
        });
    }

    @Override
    public Set<QueueName> addressees() {
        return locked(() -> outbox.values().stream().map(OutboxEntry::queue).collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public List<OutboxEntry> outbox(QueueName queue, int most) {
        return locked(() -> outbox.values().stream()
                .filter(entry -> entry.queue().equals(queue))
                .limit(most)
                .toList());
    }

    @Override
    public void delivered(List<Long> numbers) {
        locked(() -> outbox.keySet().removeAll(numbers));
    }

    @Override
    public boolean lasts(Tenure tenure) {
        return locked(() -> Long.valueOf(tenure.epoch()).equals(owners.get(tenure.address())));
    }

    @Override
    public boolean rests(Tenure tenure) {
        return true;
    }

    @Override
    public void ends(Tenure tenure) {
        locked(() -> owners.remove(tenure.address(), tenure.epoch()));
    }

    @Override
    public List<ObjectId> objects(ObjectClass type, Bytes after, int most) {
        return locked(() -> objects.entrySet().stream()
                .filter(entry -> entry.getKey().type().equals(type))
                .filter(entry -> entry.getKey().id().bytes().compareTo(after) > 0)
                .sorted(Comparator.comparing(entry -> entry.getKey().id().bytes()))
                .limit(most)
                .map(entry -> entry.getValue().id())
                .toList());
    }

    @Override
    public void close() {
        // Memory only: nothing to give back.
    }

    private void changeAlarm(Address address, AlarmChange change) {
        switch (change) {
            case AlarmChange.Stays stays -> {}
            case AlarmChange.Goes goes -> alarms.remove(address);
            case AlarmChange.Ends ends -> alarms.remove(address, ends.alarm());
            case AlarmChange.Becomes becomes -> alarms.put(address, becomes.alarm());
        }
    }

    private NavigableMap<StateKey, Bytes> state(Address address) {
        var kept = objects.get(address);
        return kept == null ? new TreeMap<>() : kept.state();
    }

    private NavigableMap<Integer, Bytes> pages(Address address) {
        var kept = objects.get(address);
        return kept == null ? new TreeMap<>() : kept.pages();
    }

    private <R> R locked(Supplier<R> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
