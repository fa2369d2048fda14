package io.triport.testkit;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.ResourceCatalogue;
import java.util.List;
import java.util.Optional;

/** The namespaces of a {@link FakeStorageEngine}. */
final class FakeResourceCatalogue implements ResourceCatalogue {
    private final FakeStorageEngine engine;

    FakeResourceCatalogue(FakeStorageEngine engine) {
        this.engine = engine;
    }

    @Override
    public Namespace create(NamespaceTitle title) {
        return adopt(new Namespace(NamespaceId.fresh(engine.randomness()), title));
    }

    Namespace adopt(Namespace namespace) {
        return engine.locked(state -> {
            requireFree(state, namespace.title());
            if (find(namespace.id()).isPresent()) {
                throw new StorageFailure.Rejected(FailureCode.CONFLICT, "id: taken (expected: a new one)");
            }
            state.spaces().put(namespace.title(), new FakeState.Space(namespace.id()));
            return namespace;
        });
    }

    @Override
    public Namespace rename(NamespaceId id, NamespaceTitle title) {
        return engine.locked(state -> {
            var present = find(id).orElseThrow(() -> new StorageFailure.Rejected(
                    FailureCode.NOT_FOUND, "namespace: unknown (expected: an existing one)"));
            if (!present.title().equals(title)) {
                requireFree(state, title);
                state.spaces().put(title, state.spaces().remove(present.title()));
            }
            return new Namespace(id, title);
        });
    }

    @Override
    public boolean drop(NamespaceId id) {
        return engine.locked(state -> {
            state.rows().kept().removeIf(kept -> kept.namespace().equals(id));
            return state.spaces().values().removeIf(space -> space.id().equals(id));
        });
    }

    @Override
    public Optional<Namespace> find(NamespaceTitle title) {
        return namespaces().stream()
                .filter(namespace -> namespace.title().equals(title))
                .findFirst();
    }

    @Override
    public Optional<Namespace> find(NamespaceId id) {
        return namespaces().stream()
                .filter(namespace -> namespace.id().equals(id))
                .findFirst();
    }

    @Override
    public List<Namespace> namespaces() {
        return engine.locked(state -> state.spaces().entrySet().stream()
                .map(space -> new Namespace(space.getValue().id(), space.getKey()))
                .toList());
    }

    @Override
    public int reclaim(int most) {
        return engine.locked(state -> {
            var removed = 0;
            for (var space : state.spaces().values()) {
                var entries = space.entries().values().iterator();
                while (removed < most && entries.hasNext()) {
                    if (!entries.next().liveAt(engine.clock().instant())) {
                        entries.remove();
                        removed++;
                    }
                }
            }
            return removed;
        });
    }

    private static void requireFree(FakeState state, NamespaceTitle title) {
        if (state.spaces().containsKey(title)) {
            throw new StorageFailure.Rejected(FailureCode.CONFLICT, "title: taken (expected: a new one)");
        }
    }
}
