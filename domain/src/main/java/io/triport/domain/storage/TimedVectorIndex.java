package io.triport.domain.storage;

import io.triport.domain.vector.IndexInfo;
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
import java.util.function.Supplier;

/** A vector index whose calls are told to the log. Filters are not: they hold values. */
final class TimedVectorIndex implements VectorIndex {
    private final VectorIndex index;
    private final CallTimer timer;

    TimedVectorIndex(VectorIndex index, CallTimer timer) {
        this.index = index;
        this.timer = timer;
    }

    @Override
    public Mutation insert(List<Vector> vectors) {
        return change("insert", () -> index.insert(vectors), size(vectors));
    }

    @Override
    public Mutation upsert(List<Vector> vectors) {
        return change("upsert", () -> index.upsert(vectors), size(vectors));
    }

    @Override
    public Mutation delete(Set<VectorId> ids) {
        return change("delete", () -> index.delete(ids), 0);
    }

    @Override
    public List<Vector> get(Set<VectorId> ids) {
        return timer.read(
                "get",
                () -> index.get(ids),
                found -> told("found", found.size()).giving(size(found)));
    }

    @Override
    public List<Match> nearest(VectorQuery query) {
        return timer.read(
                "nearest",
                () -> index.nearest(query),
                found -> told("found", found.size())
                        .giving(size(found.stream().map(Match::vector).toList())));
    }

    @Override
    public VectorPage list(VectorListing listing) {
        return timer.read(
                "list",
                () -> index.list(listing),
                page -> told("found", page.ids().size()));
    }

    @Override
    public void indexMetadata(MetadataField field) {
        timer.change(
                "index-metadata",
                () -> {
                    index.indexMetadata(field);
                    return field;
                },
                indexed -> new StorageCall.Done("type", indexed.type().name()));
    }

    @Override
    public boolean forgetMetadata(PropertyName property) {
        return timer.change(
                "forget-metadata",
                () -> index.forgetMetadata(property),
                found -> new StorageCall.Done("found", Boolean.toString(found)));
    }

    @Override
    public long reindex() {
        return timer.changePatiently("reindex", index::reindex, count -> told("rewritten", count));
    }

    @Override
    public IndexInfo describe() {
        return timer.read("describe", index::describe, info -> told("vectors", info.vectors()));
    }

    private Mutation change(String operation, Supplier<Mutation> call, long bytes) {
        return timer.change(
                operation, call, mutation -> told("changed", mutation.changed()).bringing(bytes));
    }

    private static long size(List<Vector> vectors) {
        return vectors.stream()
                .mapToLong(vector -> (long) vector.values().dimensions() * Float.BYTES
                        + vector.metadata().json().length())
                .sum();
    }

    private static StorageCall.Done told(String name, long count) {
        return new StorageCall.Done(name, Long.toString(count));
    }
}
