package io.triport.testkit;

import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.table.KeptVersion;
import io.triport.domain.table.KeyHistory;
import io.triport.domain.table.VersionSummary;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The kept versions of a {@link FakeStorageEngine}. */
final class FakeKeyHistory implements KeyHistory {
    private final FakeStorageEngine engine;

    FakeKeyHistory(FakeStorageEngine engine) {
        this.engine = engine;
    }

    @Override
    public void keep(NamespaceTitle namespace, List<KeptVersion> versions) {
        engine.locked(state -> {
            var id = state.space(namespace).id();
            for (var version : versions) {
                var kept = version.numbered(state.rows().nextNumber());
                state.rows().versions().put(kept.number(), new FakeRows.Version(id, kept));
            }
            return id;
        });
    }

    @Override
    public List<VersionSummary> versions(NamespaceTitle namespace, KvKey key, long before, int limit) {
        return engine.locked(state -> visible(state, namespace)
                .filter(version -> version.key().equals(key) && version.number() < before)
                .limit(limit)
                .map(KeptVersion::summary)
                .toList());
    }

    @Override
    public List<VersionSummary> deleted(NamespaceTitle namespace, long before, int limit) {
        return engine.locked(state -> {
            var now = engine.clock().instant();
            var seen = new HashSet<KvKey>();
            state.entries(namespace).forEach((key, entry) -> {
                if (entry.liveAt(now)) {
                    seen.add(key);
                }
            });
            return visible(state, namespace)
                    .filter(version -> seen.add(version.key()))
                    .filter(version -> version.number() < before)
                    .limit(limit)
                    .map(KeptVersion::summary)
                    .toList();
        });
    }

    @Override
    public Optional<KeptVersion> find(NamespaceTitle namespace, KvKey key, long number) {
        return engine.locked(state -> visible(state, namespace)
                .filter(version -> version.key().equals(key) && version.number() == number)
                .findFirst());
    }

    @Override
    public boolean remove(NamespaceTitle namespace, KvKey key, long number) {
        return engine.locked(state -> {
            var id = state.space(namespace).id();
            return state.rows()
                    .versions()
                    .values()
                    .removeIf(row -> row.namespace().equals(id)
                            && row.kept().key().equals(key)
                            && row.kept().number() == number);
        });
    }

    @Override
    public void move(NamespaceTitle namespace, KvKey from, KvKey to) {
        engine.locked(state -> {
            var id = state.space(namespace).id();
            state.rows()
                    .versions()
                    .replaceAll((number, row) ->
                            row.namespace().equals(id) && row.kept().key().equals(from)
                                    ? new FakeRows.Version(id, row.kept().named(to))
                                    : row);
            return id;
        });
    }

    @Override
    public int trim(NamespaceTitle namespace, KvKey key, int most) {
        return engine.locked(state -> {
            var id = state.space(namespace).id();
            var gone = state.rows().versions().descendingMap().values().stream()
                    .filter(row ->
                            row.namespace().equals(id) && row.kept().key().equals(key))
                    .skip(most)
                    .map(row -> row.kept().number())
                    .toList();
            gone.forEach(state.rows().versions()::remove);
            return gone.size();
        });
    }

    @Override
    public int forget(Instant now, int most) {
        return engine.locked(state -> {
            var ids = state.spaces().values().stream().map(FakeState.Space::id).toList();
            var gone = state.rows().versions().values().stream()
                    .filter(row -> row.kept().mayGo(now) || !ids.contains(row.namespace()))
                    .limit(most)
                    .map(row -> row.kept().number())
                    .toList();
            gone.forEach(state.rows().versions()::remove);
            return gone.size();
        });
    }

    /** The newest first. */
    private Stream<KeptVersion> visible(FakeState state, NamespaceTitle namespace) {
        var id = state.space(namespace).id();
        var now = engine.clock().instant();
        return state.rows().versions().descendingMap().values().stream()
                .filter(row -> row.namespace().equals(id))
                .map(FakeRows.Version::kept)
                .filter(version -> !version.mayGo(now));
    }
}
