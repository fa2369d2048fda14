package io.triport.domain.storage;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A store whose calls are told to the log. */
final class TimedKeyValueStore implements KeyValueStore {
    private final KeyValueStore store;
    private final CallTimer timer;

    TimedKeyValueStore(KeyValueStore store, CallTimer timer) {
        this.store = store;
        this.timer = timer;
    }

    @Override
    public Optional<KvEntry> get(KvKey key, KvRead read) {
        return timer.about(key.bytes())
                .read(
                        "get",
                        () -> store.get(key, read),
                        entry -> told("found", entry.isPresent())
                                .giving(entry.map(TimedKeyValueStore::size).orElse(0L)));
    }

    @Override
    public Map<KvKey, KvEntry> getMany(List<KvKey> keys, KvRead read) {
        return timer.read(
                "get-many",
                () -> store.getMany(keys, read),
                found -> told("found", found.size()).giving(sizes(found.values().stream())));
    }

    @Override
    public KvPut put(KvKey key, KvEntry entry, KvCondition condition) {
        return timer.about(key.bytes())
                .change(
                        "put",
                        () -> store.put(key, entry, condition),
                        put -> put instanceof KvPut.Stored
                                ? told("stored", true).bringing(size(entry))
                                : told("stored", false));
    }

    @Override
    public boolean delete(KvKey key) {
        return timer.about(key.bytes()).change("delete", () -> store.delete(key), deleted -> told("deleted", deleted));
    }

    @Override
    public BulkOutcome putMany(List<KvPair> pairs) {
        return timer.change(
                "put-many",
                () -> store.putMany(pairs),
                outcome -> told("done", outcome.done()).bringing(stored(pairs, outcome)));
    }

    @Override
    public BulkOutcome deleteMany(List<KvKey> keys) {
        return timer.change("delete-many", () -> store.deleteMany(keys), outcome -> told("done", outcome.done()));
    }

    @Override
    public KvPage list(KvQuery query) {
        return timer.read(
                "list",
                () -> store.list(query),
                page -> told("keys", page.keys().size()));
    }

    private static long stored(List<KvPair> pairs, BulkOutcome outcome) {
        var failed = outcome.failed().stream().map(BulkOutcome.Failed::key).collect(Collectors.toSet());
        return sizes(pairs.stream().filter(pair -> !failed.contains(pair.key())).map(KvPair::entry));
    }

    private static long sizes(Stream<KvEntry> entries) {
        return entries.mapToLong(TimedKeyValueStore::size).sum();
    }

    private static long size(KvEntry entry) {
        return entry.value().size();
    }

    private static StorageCall.Done told(String name, Object value) {
        return new StorageCall.Done(name, value.toString());
    }
}
