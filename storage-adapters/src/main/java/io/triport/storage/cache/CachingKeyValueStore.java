package io.triport.storage.cache;

import io.triport.domain.keyvalue.BulkOutcome;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvPage;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvPut;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.KvRead;
import io.triport.domain.keyvalue.NamespaceTitle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A namespace that is read from the cache where the reader allows it. Listings are never cached. */
final class CachingKeyValueStore implements KeyValueStore {
    private final KeyValueStore store;
    private final SeenEntries seen;
    private final NamespaceTitle namespace;

    CachingKeyValueStore(KeyValueStore store, SeenEntries seen, NamespaceTitle namespace) {
        this.store = store;
        this.seen = seen;
        this.namespace = namespace;
    }

    @Override
    public Optional<KvEntry> get(KvKey key, KvRead read) {
        var last = seen.find(name(key), read);
        if (last != null) {
            var entry = Optional.ofNullable(last.entry());
            entry.ifPresent(known -> read.room().takeIfLarge(known.value().size()));
            return entry;
        }
        var question = seen.ask(name(key));
        var entry = store.get(key, read);
        question.answered(entry);
        return entry;
    }

    @Override
    public Map<KvKey, KvEntry> getMany(List<KvKey> keys, KvRead read) {
        KvLimits.checkGetMany(keys);
        var found = new HashMap<KvKey, KvEntry>();
        var questions = new HashMap<KvKey, SeenEntries.Question>();
        for (var key : keys) {
            var last = seen.find(name(key), read);
            if (last == null) {
                questions.put(key, seen.ask(name(key)));
            } else if (last.entry() != null) {
                found.put(key, last.entry());
            }
        }
        read.room().takeIfLarge(KvLimits.answerBytes(found.values()));
        if (!questions.isEmpty()) {
            var answer = store.getMany(List.copyOf(questions.keySet()), read);
            questions.forEach((key, question) -> question.answered(Optional.ofNullable(answer.get(key))));
            found.putAll(answer);
        }
        KvLimits.checkAnswer(found.values());
        return Map.copyOf(found);
    }

    @Override
    public KvPut put(KvKey key, KvEntry entry, KvCondition condition) {
        return thenForget(List.of(key), () -> store.put(key, entry, condition));
    }

    @Override
    public boolean delete(KvKey key) {
        return thenForget(List.of(key), () -> store.delete(key));
    }

    @Override
    public BulkOutcome putMany(List<KvPair> pairs) {
        var keys = new ArrayList<KvKey>();
        pairs.forEach(pair -> keys.add(pair.key()));
        return thenForget(keys, () -> store.putMany(pairs));
    }

    @Override
    public BulkOutcome deleteMany(List<KvKey> keys) {
        return thenForget(keys, () -> store.deleteMany(keys));
    }

    @Override
    public KvPage list(KvQuery query) {
        return store.list(query);
    }

    private <R> R thenForget(Collection<KvKey> keys, Supplier<R> write) {
        try {
            return write.get();
        } finally {
            // After a failure too: the outcome may be unknown.
            keys.forEach(key -> seen.forget(name(key)));
        }
    }

    private SeenEntries.Name name(KvKey key) {
        return new SeenEntries.Name(namespace, key);
    }
}
