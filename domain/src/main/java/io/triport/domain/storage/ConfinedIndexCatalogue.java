package io.triport.domain.storage;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.vector.Index;
import io.triport.domain.vector.IndexCatalogue;
import io.triport.domain.vector.IndexId;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.IndexShape;
import java.util.List;
import java.util.Optional;

/** The vector indexes that a grant may see; the others do not exist for it. */
final class ConfinedIndexCatalogue implements IndexCatalogue {
    private final IndexCatalogue catalogue;
    private final GrantGuard guard;

    ConfinedIndexCatalogue(IndexCatalogue catalogue, GrantGuard guard) {
        this.catalogue = catalogue;
        this.guard = guard;
    }

    @Override
    public Index create(IndexName name, IndexShape shape) {
        guard.require(Action.VECTOR_INDEX_CREATE, resource(name));
        return catalogue.create(name, shape);
    }

    @Override
    public boolean drop(IndexId id) {
        var present = find(id);
        present.ifPresent(index -> guard.require(Action.VECTOR_INDEX_DROP, resource(index.name())));
        return present.isPresent() && catalogue.drop(id);
    }

    @Override
    public Optional<Index> find(IndexName name) {
        guard.require(Action.VECTOR_INDEX_FIND, resource(name));
        return catalogue.find(name);
    }

    @Override
    public Optional<Index> find(IndexId id) {
        guard.requireLive();
        return catalogue.find(id).filter(this::visible);
    }

    @Override
    public List<Index> indexes() {
        guard.requireLive();
        return catalogue.indexes().stream().filter(this::visible).toList();
    }

    private boolean visible(Index index) {
        return guard.permits(Action.VECTOR_INDEX_FIND, resource(index.name()));
    }

    private static ResourceName resource(IndexName name) {
        return ResourceName.container(name.text());
    }
}
