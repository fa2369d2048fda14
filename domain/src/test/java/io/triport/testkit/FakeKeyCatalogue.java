package io.triport.testkit;

import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.InvalidInput;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** What a {@link FakeStorageEngine} knows of its keys. Regular expressions are those of Java. */
final class FakeKeyCatalogue implements KeyCatalogue {
    private final FakeStorageEngine engine;

    FakeKeyCatalogue(FakeStorageEngine engine) {
        this.engine = engine;
    }

    @Override
    public Map<KvKey, KeyRecord> find(NamespaceTitle namespace, List<KvKey> keys) {
        return engine.locked(state -> {
            var found = new HashMap<KvKey, KeyRecord>();
            rows(state, namespace).filter(row -> keys.contains(row.key())).forEach(row -> found.put(row.key(), row));
            return Map.copyOf(found);
        });
    }

    @Override
    public List<KvKey> label(NamespaceTitle namespace, Map<KvKey, KeyLabels> labels) {
        return engine.locked(state -> {
            var live = rows(state, namespace).map(KeyRecord::key).toList();
            var missing = new ArrayList<KvKey>();
            labels.forEach((key, value) -> {
                if (live.contains(key)) {
                    var now = engine.clock().instant();
                    state.space(namespace).notes().computeIfPresent(key, (any, note) -> note.labelled(value, now));
                } else {
                    missing.add(key);
                }
            });
            return List.copyOf(missing);
        });
    }

    @Override
    public FoundKeys search(KeySearch search) {
        return engine.locked(state -> {
            var rows = search.areas().stream()
                    .map(KeyArea::namespace)
                    .distinct()
                    .flatMap(namespace -> rows(state, namespace))
                    .toList();
            return new KeyRecords(rows).search(search, FakeKeyCatalogue::expression);
        });
    }

    @Override
    public KeyTree tree(KeyTree.Query query) {
        return engine.locked(
                state -> new KeyRecords(rows(state, query.area().namespace()).toList()).tree(query));
    }

    @Override
    public NamespaceTotals totals(NamespaceTitle namespace) {
        return engine.locked(state -> {
            var last = rows(state, namespace)
                    .map(KeyRecord::updated)
                    .max(Instant::compareTo)
                    .orElse(Instant.MIN);
            return new KeyRecords(rows(state, namespace).toList()).totals(namespace, last);
        });
    }

    @Override
    public NamespaceStatistics statistics(NamespaceTitle namespace, String delimiter) {
        return engine.locked(state -> new KeyRecords(rows(state, namespace).toList())
                .statistics(
                        totals(namespace), namespace, delimiter, engine.clock().instant()));
    }

    private Stream<KeyRecord> rows(FakeState state, NamespaceTitle namespace) {
        var space = state.space(namespace);
        var now = engine.clock().instant();
        return space.entries().entrySet().stream()
                .filter(row -> row.getValue().liveAt(now))
                .map(row -> {
                    var entry = row.getValue();
                    var note = Objects.requireNonNull(space.notes().get(row.getKey()), "every entry has a note");
                    return new KeyRecord(
                            namespace,
                            row.getKey(),
                            note.labels(),
                            entry.value().size(),
                            entry.expiry(),
                            entry.version(),
                            note.created(),
                            note.updated(),
                            note.labelled());
                });
    }

    private static Predicate<String> expression(String text) {
        try {
            return Pattern.compile(text).asPredicate();
        } catch (PatternSyntaxException e) {
            throw new InvalidInput("query", "a regular expression");
        }
    }
}
