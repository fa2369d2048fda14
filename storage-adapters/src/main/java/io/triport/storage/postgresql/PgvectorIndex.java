package io.triport.storage.postgresql;

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
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One index, as callers see it. */
record PgvectorIndex(Index index, Database database, PgvectorIndexes.Means means, VectorCursors cursors)
        implements VectorIndex {
    /** The table is gone, since the index was dropped meanwhile (PostgreSQL documentation, appendix A). */
    private static final String NO_TABLE = "42P01";

    /** What is done to the index in one transaction. */
    private interface Change<R> {
        R by(PgvectorWrites writes) throws SQLException;
    }

    @Override
    public Mutation insert(List<Vector> vectors) {
        require(vectors);
        return change(writes -> {
            var first = new LinkedHashMap<VectorId, Vector>();
            vectors.forEach(vector -> first.putIfAbsent(vector.id(), vector));
            first.keySet().removeAll(writes.present(first.keySet()));
            return writes.put(first.values(), first.size());
        });
    }

    @Override
    public Mutation upsert(List<Vector> vectors) {
        require(vectors);
        return change(writes -> {
            Map<VectorId, Vector> last = new LinkedHashMap<>();
            vectors.forEach(vector -> last.put(vector.id(), vector));
            return writes.put(
                    last.values(), last.size() - writes.present(last.keySet()).size());
        });
    }

    @Override
    public Mutation delete(Set<VectorId> ids) {
        VectorBatch.require(ids);
        return change(writes -> writes.delete(ids));
    }

    @Override
    public List<Vector> get(Set<VectorId> ids) {
        VectorBatch.require(ids);
        return read(connection ->
                new Call(connection, table().get()).with(PgvectorRow.ids(ids)).all(PgvectorRow::vector));
    }

    @Override
    public List<Match> nearest(VectorQuery query) {
        return read(connection -> {
            var state = PgvectorCatalogue.state(connection, index.id());
            query.filter().require(state.indexed());
            return new PgvectorSearch(connection, table(), state, query, means.exactBelow()).matches();
        });
    }

    @Override
    public VectorPage list(VectorListing listing) {
        var after = cursors.after(listing);
        return cursors.page(listing, ids(after, listing.limit() + 1));
    }

    @Override
    public void indexMetadata(MetadataField field) {
        change(writes -> writes.index(field));
    }

    @Override
    public boolean forgetMetadata(PropertyName property) {
        return change(writes -> writes.forget(property));
    }

    @Override
    public long reindex() {
        var seen = 0L;
        var from = Bytes.EMPTY;
        while (true) {
            var after = from;
            var ids = change(writes -> writes.rewrite(after, VectorBatch.MOST));
            seen += ids.size();
            if (ids.size() < VectorBatch.MOST) {
                return seen;
            }
            from = ids.getLast().bytes();
        }
    }

    @Override
    public IndexInfo describe() {
        return read(
                connection -> PgvectorCatalogue.state(connection, index.id()).info());
    }

    private List<VectorId> ids(Bytes after, int limit) {
        return read(connection -> new ArrayList<>(
                new Call(connection, table().ids()).with(after).with(limit).all(PgvectorRow::id)));
    }

    private PgvectorTable table() {
        return PgvectorTable.of(index.id(), index.shape());
    }

    private <R> R read(Database.Work<R> work) {
        try {
            return database.read(work);
        } catch (StorageFailure.Unavailable e) {
            if (e.getCause() instanceof SQLException refused && NO_TABLE.equals(refused.getSQLState())) {
                throw PgvectorCatalogue.unknown();
            }
            throw e;
        }
    }

    private <R> R change(Change<R> change) {
        return database.transact(connection -> {
            var state = PgvectorCatalogue.held(connection, index.id());
            return change.by(new PgvectorWrites(connection, table(), state, means));
        });
    }

    private void require(List<Vector> vectors) {
        VectorBatch.require(vectors);
        vectors.forEach(vector -> index.shape().require(vector.values()));
    }
}
