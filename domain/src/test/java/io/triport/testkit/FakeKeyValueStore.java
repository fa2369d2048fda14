package io.triport.testkit;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.BulkOutcome;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvCursors;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvListed;
import io.triport.domain.keyvalue.KvPage;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvPut;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.KvRead;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.table.KeyLabels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A namespace of a {@link FakeStorageEngine}. */
final class FakeKeyValueStore implements KeyValueStore {
    private final FakeStorageEngine engine;
    private final NamespaceTitle namespace;

    FakeKeyValueStore(FakeStorageEngine engine, NamespaceTitle namespace) {
        this.engine = engine;
        this.namespace = namespace;
    }

    @Override
    public Optional<KvEntry> get(KvKey key, KvRead read) {
        var found = engine.locked(state -> live(state, key));
        found.ifPresent(entry -> read.room().takeIfLarge(entry.value().size()));
        return found;
    }

    @Override
    public Map<KvKey, KvEntry> getMany(List<KvKey> keys, KvRead read) {
        KvLimits.checkGetMany(keys);
        return engine.locked(state -> {
            var found = new LinkedHashMap<KvKey, KvEntry>();
            keys.forEach(key -> live(state, key).ifPresent(entry -> found.put(key, entry)));
            KvLimits.checkAnswer(found.values());
            read.room().takeIfLarge(KvLimits.answerBytes(found.values()));
            return Map.copyOf(found);
        });
    }

    @Override
    public KvPut put(KvKey key, KvEntry entry, KvCondition condition) {
        return engine.locked(state -> {
            var present = live(state, key).map(KvEntry::version).orElse(KvVersion.NONE);
            var stored = entry.stored(state.nextVersion(), engine.clock().instant());
            if (!condition.holds(present)) {
                return new KvPut.Refused(present);
            }
            noteWrite(state, key, present.equals(KvVersion.NONE));
            state.entries(namespace).put(key, stored);
            return new KvPut.Stored(stored.version());
        });
    }

    @Override
    public boolean delete(KvKey key) {
        return engine.locked(state -> {
            var present = live(state, key).isPresent();
            state.entries(namespace).remove(key);
            state.space(namespace).known().remove(key);
            return present;
        });
    }

    @Override
    public BulkOutcome putMany(List<KvPair> pairs) {
        KvLimits.checkPutMany(pairs);
        return engine.locked(state -> {
            state.entries(namespace);
            var failed = new ArrayList<BulkOutcome.Failed>();
            for (var pair : pairs) {
                try {
                    put(pair.key(), pair.entry(), KvCondition.ANY);
                } catch (StorageFailure.Rejected e) {
                    failed.add(new BulkOutcome.Failed(pair.key(), e.code()));
                }
            }
            return new BulkOutcome(pairs.size() - failed.size(), failed);
        });
    }

    @Override
    public BulkOutcome deleteMany(List<KvKey> keys) {
        KvLimits.checkDeleteMany(keys);
        return engine.locked(state -> {
            keys.forEach(state.entries(namespace)::remove);
            keys.forEach(state.space(namespace).known()::remove);
            return new BulkOutcome(keys.size(), List.of());
        });
    }

    @Override
    public KvPage list(KvQuery query) {
        var cursors = new KvCursors(engine.cursors(), namespace);
        var after = cursors.after(query);
        return engine.locked(state -> cursors.page(
                query,
                state.entries(namespace).entrySet().stream()
                        .filter(row -> row.getKey().bytes().compareTo(after) > 0)
                        .filter(row -> query.prefix().covers(row.getKey().bytes()))
                        .filter(row -> row.getValue().liveAt(engine.clock().instant()))
                        .limit(query.limit() + 1L)
                        .map(row -> new KvListed(
                                row.getKey(),
                                row.getValue().expiry(),
                                row.getValue().metadata()))
                        .toList()));
    }

    private Optional<KvEntry> live(FakeState state, KvKey key) {
        return Optional.ofNullable(state.entries(namespace).get(key))
                .filter(entry -> entry.liveAt(engine.clock().instant()));
    }

    private void noteWrite(FakeState state, KvKey key, boolean begins) {
        var now = engine.clock().instant();
        var known = state.space(namespace).known();
        known.compute(
                key,
                (same, before) -> before == null || begins
                        ? new FakeState.Known(now, now, KeyLabels.NONE, Instant.MIN)
                        : new FakeState.Known(before.created(), now, before.labels(), before.labelled()));
    }
}
