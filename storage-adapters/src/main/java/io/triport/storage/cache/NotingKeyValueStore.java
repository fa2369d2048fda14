package io.triport.storage.cache;

import io.triport.domain.keyvalue.BulkOutcome;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvPage;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvPut;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.KvRead;
import io.triport.domain.keyvalue.NamespaceTitle;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A namespace of a unit, whose written keys are noted. */
final class NotingKeyValueStore implements KeyValueStore {
    private final KeyValueStore store;
    private final UnitChanges changes;
    private final NamespaceTitle namespace;

    NotingKeyValueStore(KeyValueStore store, UnitChanges changes, NamespaceTitle namespace) {
        this.store = store;
        this.changes = changes;
        this.namespace = namespace;
    }

    @Override
    public Optional<KvEntry> get(KvKey key, KvRead read) {
        return store.get(key, read);
    }

    @Override
    public Map<KvKey, KvEntry> getMany(List<KvKey> keys, KvRead read) {
        return store.getMany(keys, read);
    }

    @Override
    public KvPut put(KvKey key, KvEntry entry, KvCondition condition) {
        note(key);
        return store.put(key, entry, condition);
    }

    @Override
    public boolean delete(KvKey key) {
        note(key);
        return store.delete(key);
    }

    @Override
    public BulkOutcome putMany(List<KvPair> pairs) {
        pairs.forEach(pair -> note(pair.key()));
        return store.putMany(pairs);
    }

    @Override
    public BulkOutcome deleteMany(List<KvKey> keys) {
        keys.forEach(this::note);
        return store.deleteMany(keys);
    }

    @Override
    public KvPage list(KvQuery query) {
        return store.list(query);
    }

    private void note(KvKey key) {
        changes.note(new SeenEntries.Name(namespace, key));
    }
}
