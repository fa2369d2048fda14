package io.triport.storage.memory;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.ResourceCatalogue;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The namespaces in memory. */
final class MemoryResourceCatalogue implements ResourceCatalogue {
    private final MemoryEngine engine;

    MemoryResourceCatalogue(MemoryEngine engine) {
        this.engine = engine;
    }

    @Override
    public Namespace create(NamespaceTitle title) {
        return adopt(new Namespace(NamespaceId.fresh(engine.randomness()), title));
    }

    /** With the id that it has elsewhere. */
    Namespace adopt(Namespace namespace) {
        return engine.data().write(() -> {
            requireFree(namespace.title());
            if (engine.data().title(namespace.id()) != null) {
                throw new StorageFailure.Rejected(FailureCode.CONFLICT, "id: taken (expected: a new one)");
            }
            engine.data()
                    .add(namespace.title().bytes(), new MemoryData.MemoryNamespace(namespace.id(), new TreeMap<>()));
            return namespace;
        });
    }

    @Override
    public Namespace rename(NamespaceId id, NamespaceTitle title) {
        return engine.data().write(() -> {
            var present = find(id).orElseThrow(() -> new StorageFailure.Rejected(
                    FailureCode.NOT_FOUND, "namespace: unknown (expected: an existing one)"));
            if (!present.title().equals(title)) {
                requireFree(title);
                var namespace = engine.data().namespace(present.title().bytes());
                engine.data().removeNamespace(present.title().bytes());
                engine.data().add(title.bytes(), namespace);
            }
            return new Namespace(id, title);
        });
    }

    @Override
    public boolean drop(NamespaceId id) {
        return engine.data().write(() -> {
            var present = find(id);
            present.ifPresent(
                    namespace -> engine.data().removeNamespace(namespace.title().bytes()));
            return present.isPresent();
        });
    }

    @Override
    public Optional<Namespace> find(NamespaceTitle title) {
        return engine.data()
                .read(() -> Optional.ofNullable(engine.data().find(title.bytes()))
                        .map(namespace -> new Namespace(namespace.id(), title)));
    }

    @Override
    public Optional<Namespace> find(NamespaceId id) {
        return engine.data()
                .read(() -> Optional.ofNullable(engine.data().title(id)).map(title -> new Namespace(id, title(title))));
    }

    @Override
    public List<Namespace> namespaces() {
        return engine.data()
                .read(() -> engine.data().namespaces().entrySet().stream()
                        .map(namespace -> new Namespace(namespace.getValue().id(), title(namespace.getKey())))
                        .toList());
    }

    @Override
    public int reclaim(int most) {
        return engine.data().write(() -> {
            var removed = engine.data().reclaim(engine.clock().instant(), most);
            return removed + engine.queues().reclaim(engine.data().queues(), most - removed);
        });
    }

    private void requireFree(NamespaceTitle title) {
        if (engine.data().find(title.bytes()) != null) {
            throw new StorageFailure.Rejected(FailureCode.CONFLICT, "title: taken (expected: a new one)");
        }
    }

    private static NamespaceTitle title(Bytes bytes) {
        return new NamespaceTitle(bytes.toUtf8());
    }
}
