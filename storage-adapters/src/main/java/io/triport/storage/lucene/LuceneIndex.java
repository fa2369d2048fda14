package io.triport.storage.lucene;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.vector.Index;
import io.triport.domain.vector.IndexInfo;
import io.triport.domain.vector.Match;
import io.triport.domain.vector.MetadataField;
import io.triport.domain.vector.Mutation;
import io.triport.domain.vector.PropertyName;
import io.triport.domain.vector.Vector;
import io.triport.domain.vector.VectorBatch;
import io.triport.domain.vector.VectorCursors;
import io.triport.domain.vector.VectorId;
import io.triport.domain.vector.VectorIndex;
import io.triport.domain.vector.VectorListing;
import io.triport.domain.vector.VectorPage;
import io.triport.domain.vector.VectorQuery;
import io.triport.domain.vector.VectorValues;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.lucene.search.IndexSearcher;

/** One index, as callers see it. */
record LuceneIndex(Index index, LuceneIndexes indexes, VectorCursors cursors) implements VectorIndex {
    @Override
    public Mutation insert(List<Vector> vectors) {
        require(vectors);
        return indexes.change(index, new LuceneChange.Insert(vectors));
    }

    @Override
    public Mutation upsert(List<Vector> vectors) {
        require(vectors);
        return indexes.change(index, new LuceneChange.Upsert(vectors));
    }

    @Override
    public Mutation delete(Set<VectorId> ids) {
        VectorBatch.require(ids);
        return indexes.change(index, new LuceneChange.Delete(ids));
    }

    @Override
    public List<Vector> get(Set<VectorId> ids) {
        VectorBatch.require(ids);
        return indexes.read(index, (searcher, state) -> new LuceneRead(searcher).find(ids));
    }

    @Override
    public List<Match> nearest(VectorQuery query) {
        return indexes.read(index, (searcher, state) -> nearest(query, searcher, state));
    }

    @Override
    public VectorPage list(VectorListing listing) {
        var after = cursors.after(listing);
        var found = after(after, listing.limit() + 1);
        return cursors.page(listing, found);
    }

    @Override
    public void indexMetadata(MetadataField field) {
        indexes.change(index, new LuceneChange.IndexField(field));
    }

    @Override
    public boolean forgetMetadata(PropertyName property) {
        return indexes.change(index, new LuceneChange.ForgetField(property)).changed() > 0;
    }

    @Override
    public long reindex() {
        var rewritten = 0L;
        for (var ids = after(Bytes.EMPTY, VectorBatch.MOST);
                !ids.isEmpty();
                ids = after(ids.getLast().bytes(), VectorBatch.MOST)) {
            rewritten += indexes.change(index, new LuceneChange.Rewrite(ids)).changed();
        }
        return rewritten;
    }

    @Override
    public IndexInfo describe() {
        return indexes.read(
                index,
                (searcher, state) -> new IndexInfo(
                        index, searcher.getIndexReader().numDocs(), state.last(), state.changed(), state.fields()));
    }

    private List<VectorId> after(Bytes id, int limit) {
        return indexes.read(index, (searcher, state) -> new LuceneRead(searcher).after(id, limit));
    }

    private List<Match> nearest(VectorQuery query, IndexSearcher searcher, LuceneState state) throws IOException {
        var fields = state.fields();
        query.filter().require(fields);
        var target = target(query.target(), searcher);
        index.shape().require(target);
        var metric = index.shape().metric();
        return new NearestVectors(searcher, metric, target, query.topK(), indexes.exactBelow())
                .among(LuceneFilter.of(query, state)).stream()
                        .map(match -> match.only(query.returned(), fields))
                        .toList();
    }

    private static VectorValues target(VectorQuery.Target target, IndexSearcher searcher) throws IOException {
        return switch (target) {
            case VectorQuery.Target.Values(var values) -> values;
            case VectorQuery.Target.Stored(var id) ->
                new LuceneRead(searcher)
                        .find(id)
                        .map(Vector::values)
                        .orElseThrow(() -> new StorageFailure.Rejected(FailureCode.NOT_FOUND, "vector: unknown"));
        };
    }

    private void require(List<Vector> vectors) {
        VectorBatch.require(vectors);
        vectors.forEach(vector -> index.shape().require(vector.values()));
    }
}
