package io.triport.storage.memory;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A namespace in memory. */
final class MemoryKeyValueStore implements KeyValueStore {
    private final MemoryEngine engine;
    private final NamespaceTitle namespace;

    MemoryKeyValueStore(MemoryEngine engine, NamespaceTitle namespace) {
        this.engine = engine;
        this.namespace = namespace;
    }

    @Override
    public Optional<KvEntry> get(KvKey key, KvRead read) {
        var found = engine.data().read(() -> live(key));
        found.ifPresent(entry -> read.room().takeIfLarge(entry.value().size()));
        return found;
    }

    @Override
    public Map<KvKey, KvEntry> getMany(List<KvKey> keys, KvRead read) {
        KvLimits.checkGetMany(keys);
        var all = engine.data().read(() -> {
            var found = new HashMap<KvKey, KvEntry>();
            keys.forEach(key -> live(key).ifPresent(entry -> found.put(key, entry)));
            KvLimits.checkAnswer(found.values());
            return Map.copyOf(found);
        });
        read.room().takeIfLarge(KvLimits.answerBytes(all.values()));
        return all;
    }

    @Override
    public KvPut put(KvKey key, KvEntry entry, KvCondition condition) {
        return engine.data().write(() -> {
            var present = live(key).map(KvEntry::version).orElse(KvVersion.NONE);
            var expiry = entry.expiry().settled(engine.clock().instant());
            if (!condition.holds(present)) {
                return new KvPut.Refused(present);
            }
            var stored = new KvEntry(
                    entry.value(), entry.metadata(), expiry, engine.data().nextVersion());
            engine.data().put(space(), key.bytes(), note(key, stored));
            return new KvPut.Stored(stored.version());
        });
    }

    @Override
    public boolean delete(KvKey key) {
        return engine.data().write(() -> {
            var present = live(key).isPresent();
            engine.data().remove(space(), key.bytes());
            return present;
        });
    }

    @Override
    public BulkOutcome putMany(List<KvPair> pairs) {
        KvLimits.checkPutMany(pairs);
        return engine.data().write(() -> {
            space();
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
        return engine.data().write(() -> {
            keys.forEach(key -> engine.data().remove(space(), key.bytes()));
            return new BulkOutcome(keys.size(), List.of());
        });
    }

    @Override
    public KvPage list(KvQuery query) {
        var cursors = new KvCursors(engine.cursors(), namespace);
        var after = cursors.after(query);
        var prefix = query.prefix().bytes();
        var now = engine.clock().instant();
        return engine.data()
                .read(() -> cursors.page(
                        query,
                        space().entries().tailMap(after.compareTo(prefix) < 0 ? prefix : after).entrySet().stream()
                                .filter(row -> !row.getKey().equals(after))
                                .takeWhile(row -> row.getKey().startsWith(prefix))
                                .filter(row -> row.getValue().entry().liveAt(now))
                                .limit(query.limit() + 1L)
                                .map(row -> new KvListed(
                                        new KvKey(row.getKey()),
                                        row.getValue().entry().expiry(),
                                        row.getValue().entry().metadata()))
                                .toList()));
    }

    private MemoryData.MemoryNamespace space() {
        return engine.data().namespace(namespace.bytes());
    }

    private MemoryEntry note(KvKey key, KvEntry stored) {
        var now = engine.clock().instant();
        var present = space().entries().get(key.bytes());
        return present != null && present.entry().liveAt(now)
                ? present.overwritten(stored, now)
                : MemoryEntry.fresh(stored, now);
    }

    private Optional<KvEntry> live(KvKey key) {
        return Optional.ofNullable(space().entries().get(key.bytes()))
                .map(MemoryEntry::entry)
                .filter(entry -> entry.liveAt(engine.clock().instant()));
    }
}
