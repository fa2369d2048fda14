package io.triport.storage.memory;

import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.table.FoundKeys;
import io.triport.domain.table.KeyArea;
import io.triport.domain.table.KeyCatalogue;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.KeyRecord;
import io.triport.domain.table.KeyRecords;
import io.triport.domain.table.KeySearch;
import io.triport.domain.table.KeyTree;
import io.triport.domain.table.NamespaceStatistics;
import io.triport.domain.table.NamespaceTotals;
import io.triport.storage.table.Expression;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is known of the keys in memory. */
final class MemoryKeyCatalogue implements KeyCatalogue {
    private final MemoryEngine engine;

    MemoryKeyCatalogue(MemoryEngine engine) {
        this.engine = engine;
    }

    @Override
    public Map<KvKey, KeyRecord> find(NamespaceTitle namespace, List<KvKey> keys) {
        return engine.data().read(() -> {
            space(namespace);
            var found = new HashMap<KvKey, KeyRecord>();
            keys.forEach(key -> live(namespace, key).ifPresent(entry -> found.put(key, record(namespace, key, entry))));
            return Map.copyOf(found);
        });
    }

    @Override
    public List<KvKey> label(NamespaceTitle namespace, Map<KvKey, KeyLabels> labels) {
        return engine.data().write(() -> {
            var space = space(namespace);
            var missing = new ArrayList<KvKey>();
            labels.forEach((key, value) -> live(namespace, key)
                    .ifPresentOrElse(
                            entry -> engine.data()
                                    .put(
                                            space,
                                            key.bytes(),
                                            entry.labelled(value, engine.clock().instant())),
                            () -> missing.add(key)));
            return List.copyOf(missing);
        });
    }

    @Override
    public FoundKeys search(KeySearch search) {
        return engine.data().read(() -> {
            var rows = search.areas().stream()
                    .map(KeyArea::namespace)
                    .distinct()
                    .flatMap(this::rows)
                    .toList();
            return new KeyRecords(rows).search(search, Expression::parse);
        });
    }

    @Override
    public KeyTree tree(KeyTree.Query query) {
        return engine.data()
                .read(() -> new KeyRecords(rows(query.area().namespace()).toList()).tree(query));
    }

    @Override
    public Map<KvKey, String> colors(NamespaceTitle namespace) {
        return engine.data()
                .read(() -> rows(namespace)
                        .filter(row -> !row.labels().color().isEmpty())
                        .collect(Collectors.toUnmodifiableMap(
                                KeyRecord::key, row -> row.labels().color())));
    }

    @Override
    public Optional<Instant> firstWritten(NamespaceTitle namespace) {
        return engine.data().read(() -> rows(namespace).map(KeyRecord::created).min(Instant::compareTo));
    }

    @Override
    public NamespaceTotals totals(NamespaceTitle namespace) {
        return engine.data().read(() -> {
            var rows = rows(namespace).toList();
            var last = rows.stream()
                    .map(KeyRecord::updated)
                    .max(Instant::compareTo)
                    .orElse(Instant.MIN);
            return new KeyRecords(rows).totals(namespace, last);
        });
    }

    @Override
    public NamespaceStatistics statistics(NamespaceTitle namespace, String delimiter) {
        return engine.data()
                .read(() -> new KeyRecords(rows(namespace).toList())
                        .statistics(
                                totals(namespace),
                                namespace,
                                delimiter,
                                engine.clock().instant()));
    }

    private Stream<KeyRecord> rows(NamespaceTitle namespace) {
        var now = engine.clock().instant();
        return space(namespace).entries().entrySet().stream()
                .filter(row -> row.getValue().entry().liveAt(now))
                .map(row -> record(namespace, new KvKey(row.getKey()), row.getValue()));
    }

    private Optional<MemoryEntry> live(NamespaceTitle namespace, KvKey key) {
        return Optional.ofNullable(space(namespace).entries().get(key.bytes()))
                .filter(entry -> entry.entry().liveAt(engine.clock().instant()));
    }

    private MemoryData.MemoryNamespace space(NamespaceTitle namespace) {
        return engine.data().namespace(namespace.bytes());
    }

    private static KeyRecord record(NamespaceTitle namespace, KvKey key, MemoryEntry entry) {
        return new KeyRecord(
                namespace,
                key,
                entry.labels(),
                entry.entry().value().size(),
                entry.entry().expiry(),
                entry.entry().version(),
                entry.created(),
                entry.updated(),
                entry.labelled());
    }
}
