package io.triport.storage.lucene;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.vector.IndexShape;
import io.triport.domain.vector.MetadataField;
import io.triport.domain.vector.Mutation;
import io.triport.domain.vector.PropertyName;
import io.triport.domain.vector.Vector;
import io.triport.domain.vector.VectorId;
import io.triport.domain.vector.VectorLimits;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.search.IndexSearcher;

/** Changes that one commit will keep, done one after the other. Each sees those before it; nobody else sees any. Used by one thread. */
final class LuceneGroup {
    private final IndexWriter writer;
    private final LuceneRead before;
    private final IndexShape shape;
    private final VectorLimits limits;
    /** Whether a vector is there, of those that the group has changed. */
    private final Map<VectorId, Boolean> changed = new HashMap<>();

    private long vectors;
    private LuceneState state;

    LuceneGroup(IndexWriter writer, IndexSearcher before, LuceneState state, IndexShape shape, VectorLimits limits) {
        this.writer = writer;
        this.before = new LuceneRead(before);
        this.shape = shape;
        this.limits = limits;
        this.vectors = before.getIndexReader().numDocs();
        this.state = state;
    }

    LuceneState state() {
        return state;
    }

    /** @throws StorageFailure for a change that is refused, and has done nothing */
    Mutation apply(LuceneChange change, Instant now) throws IOException {
        return switch (change) {
            case LuceneChange.Insert(var added) -> mutation(insert(added), now);
            case LuceneChange.Upsert(var added) -> mutation(upsert(added), now);
            case LuceneChange.Delete(var ids) -> mutation(delete(ids), now);
            case LuceneChange.IndexField(var field) -> new Mutation(state.last(), add(field));
            case LuceneChange.ForgetField(var property) -> new Mutation(state.last(), forget(property));
            case LuceneChange.Rewrite(var ids) -> new Mutation(state.last(), rewrite(ids));
        };
    }

    private int insert(List<Vector> added) throws IOException {
        var fresh = new LinkedHashMap<VectorId, Vector>();
        for (var vector : added) {
            if (!has(vector.id())) {
                fresh.putIfAbsent(vector.id(), vector);
            }
        }
        requireRoom(fresh.size());
        for (var vector : fresh.values()) {
            writer.addDocument(LuceneFields.document(vector, shape, state));
            changed.put(vector.id(), true);
        }
        return fresh.size();
    }

    private int upsert(List<Vector> added) throws IOException {
        var last = new LinkedHashMap<VectorId, Vector>();
        added.forEach(vector -> last.put(vector.id(), vector));
        var fresh = 0;
        for (var id : last.keySet()) {
            fresh += has(id) ? 0 : 1;
        }
        requireRoom(fresh);
        for (var vector : last.values()) {
            replace(vector);
            changed.put(vector.id(), true);
        }
        return last.size();
    }

    private int delete(Collection<VectorId> ids) throws IOException {
        var gone = 0;
        for (var id : ids) {
            if (has(id)) {
                writer.deleteDocuments(LuceneFields.term(id));
                changed.put(id, false);
                gone++;
            }
        }
        vectors -= gone;
        return gone;
    }

    private int add(MetadataField field) {
        if (state.fields().contains(field)) {
            return 0;
        }
        if (state.fields().stream().anyMatch(other -> other.name().equals(field.name()))) {
            throw new StorageFailure.Rejected(FailureCode.CONFLICT, "property: indexed as another type");
        }
        if (state.fields().size() == VectorLimits.METADATA_FIELDS) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.TOO_LARGE, "properties: " + VectorLimits.METADATA_FIELDS + " are indexed");
        }
        state = state.with(field);
        return 0;
    }

    private int forget(PropertyName property) {
        var before = state.fields().size();
        state = state.without(property);
        return before - state.fields().size();
    }

    /** Those that the group has changed have been written with all properties already. */
    private int rewrite(List<VectorId> ids) throws IOException {
        var rewritten = 0;
        for (var id : ids) {
            var vector = changed.containsKey(id) ? null : before.find(id).orElse(null);
            if (vector != null) {
                replace(vector);
                rewritten++;
            }
        }
        return rewritten;
    }

    private void replace(Vector vector) throws IOException {
        writer.updateDocument(LuceneFields.term(vector.id()), LuceneFields.document(vector, shape, state));
    }

    private boolean has(VectorId id) throws IOException {
        var known = changed.get(id);
        return known == null ? before.has(id) : known;
    }

    private void requireRoom(int fresh) {
        if (vectors + fresh > limits.vectors()) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.TOO_LARGE, "index: more than " + limits.vectors() + " vectors");
        }
        vectors += fresh;
    }

    private Mutation mutation(int count, Instant now) {
        state = state.after(state.last().next(), now);
        return new Mutation(state.last(), count);
    }
}
