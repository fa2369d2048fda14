package io.triport.testkit;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.vector.FieldValue;
import io.triport.domain.vector.Index;
import io.triport.domain.vector.IndexInfo;
import io.triport.domain.vector.Match;
import io.triport.domain.vector.MetadataField;
import io.triport.domain.vector.Mutation;
import io.triport.domain.vector.MutationId;
import io.triport.domain.vector.PropertyName;
import io.triport.domain.vector.Vector;
import io.triport.domain.vector.VectorBatch;
import io.triport.domain.vector.VectorCondition;
import io.triport.domain.vector.VectorCursors;
import io.triport.domain.vector.VectorId;
import io.triport.domain.vector.VectorIndex;
import io.triport.domain.vector.VectorLimits;
import io.triport.domain.vector.VectorListing;
import io.triport.domain.vector.VectorPage;
import io.triport.domain.vector.VectorQuery;
import io.triport.domain.vector.VectorValues;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** One index of {@link FakeVectorIndexes}. Its methods take turns. */
final class FakeVectorIndex implements VectorIndex {
    private final TreeMap<VectorId, Stored> vectors = new TreeMap<>();
    private final List<MetadataField> fields = new ArrayList<>();
    private final Index index;
    private final VectorCursors cursors;
    private final Supplier<VectorLimits> limits;
    private final Clock clock;
    private MutationId last = MutationId.NONE;
    private Instant changed;

    FakeVectorIndex(Index index, VectorCursors cursors, Supplier<VectorLimits> limits, Clock clock) {
        this.index = index;
        this.cursors = cursors;
        this.limits = limits;
        this.clock = clock;
        this.changed = index.created();
    }

    /** @param indexed what filters see */
    private record Stored(Vector vector, Map<MetadataField, FieldValue> indexed) {
        private boolean fulfils(VectorCondition condition) {
            var field = new MetadataField(condition.property(), condition.type());
            return condition.holds(Optional.ofNullable(indexed.get(field)));
        }
    }

    Index index() {
        return index;
    }

    @Override
    public synchronized Mutation insert(List<Vector> added) {
        require(added);
        var fresh = new TreeMap<VectorId, Stored>();
        for (var vector : added) {
            if (!vectors.containsKey(vector.id())) {
                fresh.putIfAbsent(vector.id(), stored(vector));
            }
        }
        return put(fresh);
    }

    @Override
    public synchronized Mutation upsert(List<Vector> added) {
        require(added);
        var put = new TreeMap<VectorId, Stored>();
        added.forEach(vector -> put.put(vector.id(), stored(vector)));
        return put(put);
    }

    @Override
    public synchronized Mutation delete(Set<VectorId> ids) {
        VectorBatch.require(ids);
        var before = vectors.size();
        vectors.keySet().removeAll(ids);
        return mutation(before - vectors.size());
    }

    @Override
    public synchronized List<Vector> get(Set<VectorId> ids) {
        VectorBatch.require(ids);
        return vectors.values().stream()
                .map(Stored::vector)
                .filter(vector -> ids.contains(vector.id()))
                .toList();
    }

    @Override
    public synchronized List<Match> nearest(VectorQuery query) {
        query.filter().require(fields);
        var target = target(query.target());
        index.shape().require(target);
        var metric = index.shape().metric();
        return vectors.values().stream()
                .filter(stored -> within(query.where(), stored.vector()))
                .filter(stored -> query.filter().conditions().stream().allMatch(stored::fulfils))
                .map(stored ->
                        new Match(metric.score(target, stored.vector().values().toArray()), stored.vector()))
                .sorted(Match.order(metric))
                .limit(query.topK())
                .map(match -> match.only(query.returned(), fields))
                .toList();
    }

    @Override
    public synchronized VectorPage list(VectorListing listing) {
        var after = cursors.after(listing);
        return cursors.page(
                listing,
                vectors.keySet().stream()
                        .filter(id -> id.bytes().compareTo(after) > 0)
                        .limit(listing.limit() + 1L)
                        .toList());
    }

    @Override
    public synchronized void indexMetadata(MetadataField field) {
        if (fields.contains(field)) {
            return;
        }
        if (fields.stream().anyMatch(other -> other.name().equals(field.name()))) {
            throw new StorageFailure.Rejected(FailureCode.CONFLICT, "property: indexed as another type");
        }
        if (fields.size() == VectorLimits.METADATA_FIELDS) {
            throw new StorageFailure.LimitExceeded(FailureCode.TOO_LARGE, "properties: enough are indexed");
        }
        fields.add(field);
    }

    @Override
    public synchronized boolean forgetMetadata(PropertyName property) {
        vectors.values()
                .forEach(stored ->
                        stored.indexed().keySet().removeIf(field -> field.name().equals(property)));
        return fields.removeIf(field -> field.name().equals(property));
    }

    @Override
    public synchronized long reindex() {
        vectors.replaceAll((id, stored) -> stored(stored.vector()));
        return vectors.size();
    }

    @Override
    public synchronized IndexInfo describe() {
        return new IndexInfo(index, vectors.size(), last, changed, fields);
    }

    private void require(List<Vector> added) {
        VectorBatch.require(added);
        added.forEach(vector -> index.shape().require(vector.values()));
    }

    private Stored stored(Vector vector) {
        var indexed = new HashMap<MetadataField, FieldValue>();
        fields.forEach(field -> field.value(vector.metadata()).ifPresent(value -> indexed.put(field, value)));
        return new Stored(vector, indexed);
    }

    private Mutation put(Map<VectorId, Stored> put) {
        var fresh = put.keySet().stream().filter(id -> !vectors.containsKey(id)).count();
        if (vectors.size() + fresh > limits.get().vectors()) {
            throw new StorageFailure.LimitExceeded(FailureCode.TOO_LARGE, "index: full");
        }
        vectors.putAll(put);
        return mutation(put.size());
    }

    private Mutation mutation(int count) {
        last = last.next();
        changed = clock.instant();
        return new Mutation(last, count);
    }

    private VectorValues target(VectorQuery.Target target) {
        return switch (target) {
            case VectorQuery.Target.Values(var values) -> values;
            case VectorQuery.Target.Stored(var id) -> {
                var found = vectors.get(id);
                if (found == null) {
                    throw new StorageFailure.Rejected(FailureCode.NOT_FOUND, "vector: unknown");
                }
                yield found.vector().values();
            }
        };
    }

    private static boolean within(VectorQuery.Where where, Vector vector) {
        return switch (where) {
            case VectorQuery.Where.Everywhere everywhere -> true;
            case VectorQuery.Where.Within(var namespace) -> vector.namespace().equals(namespace);
        };
    }
}
