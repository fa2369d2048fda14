package io.triport.testkit;

import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.table.KeptVersion;
import io.triport.domain.table.KeyHistory;
import io.triport.domain.table.VersionSummary;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The history of the keys of a {@link FakeStorageEngine}. */
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
                var numbered = numbered(state.rows().next("kept"), version);
                state.rows().kept().add(new FakeRows.Kept(id, numbered));
            }
            return id;
        });
    }

    @Override
    public List<VersionSummary> versions(NamespaceTitle namespace, KvKey key, long before, int limit) {
        return engine.locked(state -> newestFirst(state, namespace).stream()
                .filter(version -> version.key().equals(key) && version.number() < before)
                .limit(limit)
                .map(FakeKeyHistory::summary)
                .toList());
    }

    @Override
    public List<VersionSummary> deleted(NamespaceTitle namespace, long before, int limit) {
        return engine.locked(state -> {
            var seen = new HashSet<KvKey>();
            var now = engine.clock().instant();
            return newestFirst(state, namespace).stream()
                    .filter(version -> {
                        var entry = state.entries(namespace).get(version.key());
                        return entry == null || !entry.liveAt(now);
                    })
                    .filter(version -> seen.add(version.key()))
                    .filter(version -> version.number() < before)
                    .limit(limit)
                    .map(FakeKeyHistory::summary)
                    .toList();
        });
    }

    @Override
    public Optional<KeptVersion> find(NamespaceTitle namespace, KvKey key, long number) {
        return engine.locked(state -> newestFirst(state, namespace).stream()
                .filter(version -> version.key().equals(key) && version.number() == number)
                .findFirst());
    }

    @Override
    public boolean remove(NamespaceTitle namespace, KvKey key, long number) {
        return engine.locked(state -> {
            var present = find(namespace, key, number).isPresent();
            removeIf(
                    state,
                    state.space(namespace).id(),
                    version -> version.key().equals(key) && version.number() == number);
            return present;
        });
    }

    @Override
    public void move(NamespaceTitle namespace, KvKey from, KvKey to) {
        engine.locked(state -> {
            var id = state.space(namespace).id();
            state.rows()
                    .kept()
                    .replaceAll(kept ->
                            kept.namespace().equals(id) && kept.version().key().equals(from)
                                    ? new FakeRows.Kept(id, renamed(to, kept.version()))
                                    : kept);
            return id;
        });
    }

    @Override
    public int trim(NamespaceTitle namespace, KvKey key, int most) {
        return engine.locked(state -> {
            var spare = newestFirst(state, namespace).stream()
                    .filter(version -> version.key().equals(key))
                    .skip(most)
                    .toList();
            removeIf(state, state.space(namespace).id(), spare::contains);
            return spare.size();
        });
    }

    @Override
    public int forget(Instant now, int most) {
        return engine.locked(state -> {
            var spare = state.rows().kept().stream()
                    .filter(kept -> !now.isBefore(kept.version().keptUntil()))
                    .limit(most)
                    .toList();
            state.rows().kept().removeAll(spare);
            return spare.size();
        });
    }

    private static void removeIf(FakeState state, NamespaceId id, Predicate<KeptVersion> spare) {
        state.rows().kept().removeIf(kept -> kept.namespace().equals(id) && spare.test(kept.version()));
    }

    private List<KeptVersion> newestFirst(FakeState state, NamespaceTitle namespace) {
        var id = state.space(namespace).id();
        var now = engine.clock().instant();
        return state.rows().kept().stream()
                .filter(kept -> kept.namespace().equals(id))
                .map(FakeRows.Kept::version)
                .filter(version -> now.isBefore(version.keptUntil()))
                .sorted(Comparator.comparingLong(KeptVersion::number).reversed())
                .toList();
    }

    private static KeptVersion numbered(long number, KeptVersion of) {
        return new KeptVersion(
                number, of.key(), of.entry(), of.labels(), of.operation(), of.user(), of.at(), of.keptUntil());
    }

    private static KeptVersion renamed(KvKey key, KeptVersion of) {
        return new KeptVersion(
                of.number(), key, of.entry(), of.labels(), of.operation(), of.user(), of.at(), of.keptUntil());
    }

    private static VersionSummary summary(KeptVersion of) {
        return new VersionSummary(
                of.number(),
                of.key(),
                of.entry().version(),
                of.entry().value().size(),
                of.entry().expiry(),
                of.operation(),
                of.user(),
                of.at(),
                of.keptUntil());
    }
}
