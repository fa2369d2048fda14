package io.triport.storage.memory;

import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.table.KeptVersion;
import io.triport.domain.table.KeyHistory;
import io.triport.domain.table.VersionSummary;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Kept versions in memory. */
final class MemoryKeyHistory implements KeyHistory {
    private final MemoryEngine engine;

    MemoryKeyHistory(MemoryEngine engine) {
        this.engine = engine;
    }

    @Override
    public void keep(NamespaceTitle namespace, List<KeptVersion> versions) {
        engine.data().write(() -> {
            var id = id(namespace);
            for (var version : versions) {
                var kept = version.numbered(engine.data().rows().nextNumber());
                rows().put(kept.number(), new MemoryRows.Version(id, kept));
            }
            return id;
        });
    }

    @Override
    public List<VersionSummary> versions(NamespaceTitle namespace, KvKey key, long before, int limit) {
        return engine.data()
                .read(() -> visible(namespace)
                        .filter(version -> version.key().equals(key) && version.number() < before)
                        .limit(limit)
                        .map(KeptVersion::summary)
                        .toList());
    }

    @Override
    public List<VersionSummary> deleted(NamespaceTitle namespace, long before, int limit) {
        return engine.data().read(() -> {
            var seen = new HashSet<KvKey>();
            return visible(namespace)
                    .filter(version -> !live(namespace, version.key()) && seen.add(version.key()))
                    .filter(version -> version.number() < before)
                    .limit(limit)
                    .map(KeptVersion::summary)
                    .toList();
        });
    }

    @Override
    public Optional<KeptVersion> find(NamespaceTitle namespace, KvKey key, long number) {
        return engine.data()
                .read(() -> visible(namespace)
                        .filter(version -> version.key().equals(key) && version.number() == number)
                        .findFirst());
    }

    @Override
    public boolean remove(NamespaceTitle namespace, KvKey key, long number) {
        return engine.data().write(() -> all(namespace, key).contains(number) && rows().remove(number));
    }

    @Override
    public void move(NamespaceTitle namespace, KvKey from, KvKey to) {
        engine.data().write(() -> {
            var id = id(namespace);
            var numbers = all(namespace, from);
            for (var number : numbers) {
                rows().get(number)
                        .ifPresent(row -> rows().put(
                                        number,
                                        new MemoryRows.Version(id, row.kept().named(to))));
            }
            return numbers;
        });
    }

    @Override
    public int trim(NamespaceTitle namespace, KvKey key, int most) {
        return engine.data()
                .write(() -> removed(all(namespace, key).stream().skip(most).toList()));
    }

    @Override
    public int forget(Instant now, int most) {
        return engine.data()
                .write(() -> removed(rows().rows().values().stream()
                        .filter(row -> row.kept().mayGo(now) || engine.data().title(row.namespace()) == null)
                        .limit(most)
                        .map(row -> row.kept().number())
                        .toList()));
    }

    private int removed(List<Long> numbers) {
        numbers.forEach(rows()::remove);
        return numbers.size();
    }

    /** The newest first. */
    private Stream<KeptVersion> visible(NamespaceTitle namespace) {
        var id = id(namespace);
        var now = engine.clock().instant();
        return rows().rows().descendingMap().values().stream()
                .filter(row -> row.namespace().equals(id))
                .map(MemoryRows.Version::kept)
                .filter(version -> !version.mayGo(now));
    }

    /** Numbers, the newest first. */
    private List<Long> all(NamespaceTitle namespace, KvKey key) {
        var id = id(namespace);
        return rows().rows().descendingMap().values().stream()
                .filter(row -> row.namespace().equals(id) && row.kept().key().equals(key))
                .map(row -> row.kept().number())
                .toList();
    }

    private boolean live(NamespaceTitle namespace, KvKey key) {
        var entry = engine.data().namespace(namespace.bytes()).entries().get(key.bytes());
        return entry != null && entry.entry().liveAt(engine.clock().instant());
    }

    private NamespaceId id(NamespaceTitle namespace) {
        return engine.data().namespace(namespace.bytes()).id();
    }

    private Undoable<Long, MemoryRows.Version> rows() {
        return engine.data().rows().versions();
    }
}
