package io.triport.domain.storage;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.vector.IndexInfo;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.Match;
import io.triport.domain.vector.MetadataField;
import io.triport.domain.vector.Mutation;
import io.triport.domain.vector.PropertyName;
import io.triport.domain.vector.Vector;
import io.triport.domain.vector.VectorId;
import io.triport.domain.vector.VectorIndex;
import io.triport.domain.vector.VectorListing;
import io.triport.domain.vector.VectorPage;
import io.triport.domain.vector.VectorQuery;
import java.util.List;
import java.util.Set;

/** A vector index as far as a grant reaches, which is asked before every call. */
final class ConfinedVectorIndex implements VectorIndex {
    private final VectorIndex index;
    private final GrantGuard guard;
    private final IndexName name;

    ConfinedVectorIndex(VectorIndex index, GrantGuard guard, IndexName name) {
        this.index = index;
        this.guard = guard;
        this.name = name;
    }

    /** @throws StorageFailure.AccessDenied where the grant permits nothing of the index */
    static void requireReach(GrantGuard guard, IndexName name) {
        guard.requireLive();
        if (!guard.permits(Action.VECTOR_WRITE, resource(name))) {
            guard.require(Action.VECTOR_QUERY, resource(name));
        }
    }

    @Override
    public Mutation insert(List<Vector> vectors) {
        require(Action.VECTOR_WRITE);
        return index.insert(vectors);
    }

    @Override
    public Mutation upsert(List<Vector> vectors) {
        require(Action.VECTOR_WRITE);
        return index.upsert(vectors);
    }

    @Override
    public Mutation delete(Set<VectorId> ids) {
        require(Action.VECTOR_WRITE);
        return index.delete(ids);
    }

    @Override
    public List<Vector> get(Set<VectorId> ids) {
        require(Action.VECTOR_QUERY);
        return index.get(ids);
    }

    @Override
    public List<Match> nearest(VectorQuery query) {
        require(Action.VECTOR_QUERY);
        return index.nearest(query);
    }

    @Override
    public VectorPage list(VectorListing listing) {
        require(Action.VECTOR_QUERY);
        return index.list(listing);
    }

    @Override
    public void indexMetadata(MetadataField field) {
        require(Action.VECTOR_WRITE);
        index.indexMetadata(field);
    }

    @Override
    public boolean forgetMetadata(PropertyName property) {
        require(Action.VECTOR_WRITE);
        return index.forgetMetadata(property);
    }

    @Override
    public long reindex() {
        require(Action.VECTOR_WRITE);
        return index.reindex();
    }

    @Override
    public IndexInfo describe() {
        require(Action.VECTOR_QUERY);
        return index.describe();
    }

    private void require(Action action) {
        guard.require(action, resource(name));
    }

    /** Its item is empty, which only a permission for every key covers. */
    private static ResourceName resource(IndexName name) {
        return ResourceName.container(name.text());
    }
}
