package io.triport.testkit;

import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.FoundKeys;
import io.triport.domain.table.KeyArea;
import io.triport.domain.table.KeyCatalogue;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.KeyRecord;
import io.triport.domain.table.KeySearch;
import io.triport.domain.table.KeyTree;
import io.triport.domain.table.NamespaceStatistics;
import io.triport.domain.table.NamespaceTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a {@link FakeStorageEngine} knows of its keys: every question looks at every row. */
final class FakeKeyCatalogue implements KeyCatalogue {
    private static final int FEW = 10;

    private final FakeStorageEngine engine;

    FakeKeyCatalogue(FakeStorageEngine engine) {
        this.engine = engine;
    }

    @Override
    public Map<KvKey, KeyRecord> find(NamespaceTitle namespace, List<KvKey> keys) {
        var found = new LinkedHashMap<KvKey, KeyRecord>();
        rows(KeyArea.all(namespace)).stream()
                .filter(row -> keys.contains(row.key()))
                .forEach(row -> found.put(row.key(), row));
        return Map.copyOf(found);
    }

    @Override
    public List<KvKey> label(NamespaceTitle namespace, Map<KvKey, KeyLabels> labels) {
        return engine.locked(state -> {
            var live = find(namespace, List.copyOf(labels.keySet()));
            var known = state.space(namespace).known();
            live.keySet()
                    .forEach(key -> known.computeIfPresent(
                            key,
                            (same, before) -> new FakeState.Known(
                                    before.created(),
                                    before.updated(),
                                    labels.getOrDefault(key, KeyLabels.NONE),
                                    engine.clock().instant())));
            return labels.keySet().stream()
                    .filter(key -> !live.containsKey(key))
                    .toList();
        });
    }

    @Override
    public FoundKeys search(KeySearch search) {
        var found = search.areas().stream()
                .flatMap(area -> rows(area).stream())
                .distinct()
                .filter(row -> FakeKeyFilter.matches(search.filter(), row))
                .sorted(order(search.order())
                        .thenComparing(row -> row.namespace().bytes())
                        .thenComparing(KeyRecord::key))
                .toList();
        return new FoundKeys(
                found.stream()
                        .filter(search::begun)
                        .skip(search.paging().offset())
                        .limit(search.paging().limit())
                        .toList(),
                found.size());
    }

    @Override
    public KeyTree tree(KeyTree.Query query) {
        var prefix = query.area().prefix().bytes().toUtf8();
        var level = new TreeMap<Bytes, List<KeyRecord>>();
        for (var row : rows(query.area())) {
            level.computeIfAbsent(branch(row, prefix, query.delimiter()), name -> new ArrayList<>())
                    .add(row);
        }
        var branches = new ArrayList<KeyTree.Branch>();
        var leaves = new ArrayList<KeyRecord>();
        for (var entry : level.tailMap(query.from(), true).entrySet()) {
            if (branches.size() + leaves.size() == query.limit()) {
                return new KeyTree(branches, leaves, entry.getKey());
            }
            if (entry.getValue().size() == 1
                    && entry.getValue().getFirst().key().bytes().equals(entry.getKey())
                    && !entry.getKey().toUtf8().substring(prefix.length()).contains(query.delimiter())) {
                leaves.add(entry.getValue().getFirst());
            } else {
                branches.add(new KeyTree.Branch(
                        new KeyPrefix(entry.getKey()), entry.getValue().size()));
            }
        }
        return new KeyTree(branches, leaves, Bytes.EMPTY);
    }

    @Override
    public Map<KvKey, String> colors(NamespaceTitle namespace) {
        var colors = new LinkedHashMap<KvKey, String>();
        for (var row : rows(KeyArea.all(namespace))) {
            if (!row.labels().color().isEmpty()) {
                colors.put(row.key(), row.labels().color());
            }
        }
        return Map.copyOf(colors);
    }

    @Override
    public Optional<Instant> firstWritten(NamespaceTitle namespace) {
        return rows(KeyArea.all(namespace)).stream().map(KeyRecord::created).min(Comparator.naturalOrder());
    }

    @Override
    public NamespaceTotals totals(NamespaceTitle namespace) {
        var rows = rows(KeyArea.all(namespace));
        return new NamespaceTotals(
                rows.size(),
                rows.stream().mapToLong(KeyRecord::size).sum(),
                rows.stream().filter(row -> row.expiry() instanceof Expiry.At).count(),
                rows.stream()
                        .map(KeyRecord::updated)
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.MIN));
    }

    @Override
    public NamespaceStatistics statistics(NamespaceTitle namespace, String delimiter) {
        var rows = rows(KeyArea.all(namespace));
        var lifetimes = new EnumMap<NamespaceStatistics.Lifetime, Long>(NamespaceStatistics.Lifetime.class);
        for (var lifetime : NamespaceStatistics.Lifetime.values()) {
            lifetimes.put(lifetime, 0L);
        }
        rows.forEach(row -> lifetimes.merge(lifetime(row), 1L, Long::sum));
        var prefixes = new TreeMap<Bytes, NamespaceStatistics.Prefix>();
        for (var row : rows) {
            var name = branch(row, "", delimiter);
            if (row.key().text().contains(delimiter)) {
                prefixes.merge(
                        name,
                        new NamespaceStatistics.Prefix(new KeyPrefix(name), 1, row.size()),
                        (a, b) ->
                                new NamespaceStatistics.Prefix(a.prefix(), a.keys() + b.keys(), a.bytes() + b.bytes()));
            }
        }
        return new NamespaceStatistics(
                totals(namespace),
                lifetimes,
                rows.stream()
                        .sorted(Comparator.comparingLong(KeyRecord::size)
                                .reversed()
                                .thenComparing(KeyRecord::key))
                        .limit(FEW)
                        .toList(),
                prefixes.values().stream()
                        .sorted(Comparator.comparingLong(NamespaceStatistics.Prefix::keys)
                                .reversed()
                                .thenComparing(found -> found.prefix().bytes()))
                        .limit(FEW)
                        .toList());
    }

    private NamespaceStatistics.Lifetime lifetime(KeyRecord row) {
        if (!(row.expiry() instanceof Expiry.At at)) {
            return NamespaceStatistics.Lifetime.NEVER;
        }
        var left = Duration.between(engine.clock().instant(), at.moment());
        if (left.compareTo(Duration.ofMinutes(1)) <= 0) {
            return NamespaceStatistics.Lifetime.MINUTE;
        }
        if (left.compareTo(Duration.ofHours(1)) <= 0) {
            return NamespaceStatistics.Lifetime.HOUR;
        }
        if (left.compareTo(Duration.ofDays(1)) <= 0) {
            return NamespaceStatistics.Lifetime.DAY;
        }
        if (left.compareTo(Duration.ofDays(7)) <= 0) {
            return NamespaceStatistics.Lifetime.WEEK;
        }
        return left.compareTo(Duration.ofDays(30)) <= 0
                ? NamespaceStatistics.Lifetime.MONTH
                : NamespaceStatistics.Lifetime.LATER;
    }

    private static Bytes branch(KeyRecord row, String prefix, String delimiter) {
        var name = row.key().text();
        var end = name.indexOf(delimiter, prefix.length());
        return Bytes.utf8(end < 0 ? name : name.substring(0, end + delimiter.length()));
    }

    private static Comparator<KeyRecord> order(KeySearch.Order order) {
        return switch (order) {
            case NEWEST_FIRST -> Comparator.comparing(KeyRecord::updated).reversed();
            case OLDEST_FIRST -> Comparator.comparing(KeyRecord::updated);
            case NAME -> Comparator.comparing(KeyRecord::key);
            case NAME_DESCENDING -> Comparator.comparing(KeyRecord::key).reversed();
            case LARGEST_FIRST -> Comparator.comparingLong(KeyRecord::size).reversed();
            case SMALLEST_FIRST -> Comparator.comparingLong(KeyRecord::size);
            case EXPIRING_FIRST -> Comparator.comparing(FakeKeyCatalogue::end);
        };
    }

    private static Instant end(KeyRecord row) {
        return row.expiry() instanceof Expiry.At at ? at.moment() : Instant.MAX;
    }

    private List<KeyRecord> rows(KeyArea area) {
        return engine.locked(state -> {
            var space = state.space(area.namespace());
            var now = engine.clock().instant();
            var rows = new ArrayList<KeyRecord>();
            for (var entry : space.entries().entrySet()) {
                if (entry.getValue().liveAt(now)
                        && area.prefix().covers(entry.getKey().bytes())) {
                    rows.add(row(area.namespace(), entry.getKey(), entry.getValue(), space.known()));
                }
            }
            return rows;
        });
    }

    private static KeyRecord row(
            NamespaceTitle namespace, KvKey key, KvEntry entry, Map<KvKey, FakeState.Known> known) {
        var beside = known.get(key);
        if (beside == null) {
            throw new IllegalStateException("a live key that nothing is known of");
        }
        return new KeyRecord(
                namespace,
                key,
                beside.labels(),
                entry.value().size(),
                entry.expiry(),
                entry.version(),
                beside.created(),
                beside.updated(),
                beside.labelled());
    }
}
