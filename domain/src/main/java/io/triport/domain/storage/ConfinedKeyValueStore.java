package io.triport.domain.storage;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.ResourceName;
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

/** A namespace as far as a grant reaches. A call that reaches further has no effect and tells nothing about what lies there. */
final class ConfinedKeyValueStore implements KeyValueStore {
    private final KeyValueStore store;
    private final GrantGuard guard;
    private final NamespaceTitle namespace;

    ConfinedKeyValueStore(KeyValueStore store, GrantGuard guard, NamespaceTitle namespace) {
        this.store = store;
        this.guard = guard;
        this.namespace = namespace;
    }

    @Override
    public Optional<KvEntry> get(KvKey key, KvRead read) {
        require(Action.KV_GET, key);
        return store.get(key, read);
    }

    @Override
    public Map<KvKey, KvEntry> getMany(List<KvKey> keys, KvRead read) {
        requireAll(Action.KV_GET, keys);
        return store.getMany(keys, read);
    }

    @Override
    public KvPut put(KvKey key, KvEntry entry, KvCondition condition) {
        require(Action.KV_PUT, key);
        return store.put(key, entry, condition);
    }

    @Override
    public boolean delete(KvKey key) {
        require(Action.KV_DELETE, key);
        return store.delete(key);
    }

    @Override
    public BulkOutcome putMany(List<KvPair> pairs) {
        requireAll(Action.KV_PUT, pairs.stream().map(KvPair::key).toList());
        return store.putMany(pairs);
    }

    @Override
    public BulkOutcome deleteMany(List<KvKey> keys) {
        requireAll(Action.KV_DELETE, keys);
        return store.deleteMany(keys);
    }

    @Override
    public KvPage list(KvQuery query) {
        guard.require(
                Action.KV_LIST,
                new ResourceName(namespace.text(), query.prefix().bytes()));
        return store.list(query);
    }

    private void requireAll(Action action, List<KvKey> keys) {
        guard.requireLive();
        for (var key : keys) {
            require(action, key);
        }
    }

    private void require(Action action, KvKey key) {
        guard.require(action, new ResourceName(namespace.text(), key.bytes()));
    }
}
