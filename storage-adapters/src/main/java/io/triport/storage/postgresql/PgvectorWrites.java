package io.triport.storage.postgresql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.vector.MetadataField;
import io.triport.domain.vector.Mutation;
import io.triport.domain.vector.PropertyName;
import io.triport.domain.vector.Vector;
import io.triport.domain.vector.VectorId;
import io.triport.domain.vector.VectorLimits;
import io.triport.domain.vector.VectorMetadata;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one transaction does to an index that it holds. */
record PgvectorWrites(Connection connection, PgvectorTable table, PgvectorState state, PgvectorIndexes.Means means) {
    private static final int FIRST_PROPERTY = 3;
    private static final String COUNT =
            "update vector_index set mutation = mutation + 1, changed = ?, vectors = vectors + ? where id = ?";
    private static final String ADD_PROPERTY =
            "insert into vector_property (index_id, place, slot, name, type) values (?, ?, ?, ?, ?)";
    private static final String NEXT_PLACE = "update vector_index set next_place = next_place + 1 where id = ?";
    private static final String FORGET = "delete from vector_property where index_id = ? and name = ?";

    /** What a row has in the columns of properties, beside what they are made of. */
    private record Properties(VectorId id, VectorMetadata metadata, List<Optional<Bytes>> present) {}

    Set<VectorId> present(Collection<VectorId> ids) throws SQLException {
        return new HashSet<>(
                new Call(connection, table.present()).with(PgvectorRow.ids(ids)).all(PgvectorRow::id));
    }

    /** @param fresh how many of them are not there. @throws StorageFailure.LimitExceeded for more than the index may have */
    Mutation put(Collection<Vector> vectors, int fresh) throws SQLException {
        if (state.vectors() + fresh > means.limits().vectors()) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.TOO_LARGE, "index: more than " + means.limits().vectors() + " vectors");
        }
        try (var statement = connection.prepareStatement(table.put())) {
            for (var vector : vectors) {
                bind(statement, vector);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        return counted(vectors.size(), fresh);
    }

    Mutation delete(Collection<VectorId> ids) throws SQLException {
        var gone =
                new Call(connection, table.delete()).with(PgvectorRow.ids(ids)).change();
        return counted(gone, -gone);
    }

    /** Whether it was not indexed before. */
    boolean index(MetadataField field) throws SQLException {
        var known = state.find(field.name());
        if (known.isPresent()) {
            if (known.get().field().equals(field)) {
                return false;
            }
            throw new StorageFailure.Rejected(FailureCode.CONFLICT, "property: indexed as another type");
        }
        var slot = state.freeSlot()
                .orElseThrow(() -> new StorageFailure.LimitExceeded(
                        FailureCode.TOO_LARGE, "properties: " + VectorLimits.METADATA_FIELDS + " are indexed"));
        new Call(connection, ADD_PROPERTY)
                .with(id())
                .with(state.nextPlace())
                .with(slot)
                .with(Bytes.utf8(field.name().text()))
                .with(field.type().name())
                .change();
        new Call(connection, NEXT_PLACE).with(id()).change();
        return true;
    }

    boolean forget(PropertyName property) throws SQLException {
        return new Call(connection, FORGET)
                        .with(id())
                        .with(Bytes.utf8(property.text()))
                        .change()
                > 0;
    }

    /** Lets those behind an id be found by all that is indexed. @return their ids, in their order */
    List<VectorId> rewrite(Bytes after, int limit) throws SQLException {
        var rows =
                new Call(connection, table.properties()).with(after).with(limit).all(PgvectorWrites::properties);
        try (var statement = connection.prepareStatement(table.setProperties())) {
            for (var row : rows) {
                var wanted = columns(row.metadata());
                // Each row that is written once more costs a place in the graph.
                if (!wanted.equals(row.present())) {
                    bind(statement, 1, wanted);
                    statement.setBytes(wanted.size() + 1, row.id().bytes().toByteArray());
                    statement.addBatch();
                }
            }
            statement.executeBatch();
        }
        return rows.stream().map(Properties::id).toList();
    }

    private Mutation counted(int changed, int more) throws SQLException {
        new Call(connection, COUNT)
                .with(means.clock().instant().toEpochMilli())
                .with(more)
                .with(id())
                .change();
        return new Mutation(state.last().next(), changed);
    }

    private void bind(PreparedStatement statement, Vector vector) throws SQLException {
        statement.setBytes(1, vector.id().bytes().toByteArray());
        statement.setBytes(2, vector.namespace().bytes().toByteArray());
        statement.setBytes(3, Bytes.utf8(vector.metadata().json()).toByteArray());
        if (PgvectorValues.usual(vector.values())) {
            statement.setObject(4, vector.values().toArray());
            statement.setNull(5, Types.BINARY);
        } else {
            statement.setNull(4, Types.ARRAY);
            statement.setBytes(5, PgvectorValues.toBytes(vector.values()));
        }
        bind(statement, 6, columns(vector.metadata()));
    }

    private static void bind(PreparedStatement statement, int from, List<Optional<Bytes>> columns) throws SQLException {
        for (var slot = 0; slot < columns.size(); slot++) {
            statement.setBytes(
                    from + slot, columns.get(slot).map(Bytes::toByteArray).orElse(null));
        }
    }

    /** The columns of properties, empty where a vector has no value. */
    private List<Optional<Bytes>> columns(VectorMetadata metadata) {
        var columns = new ArrayList<>(Collections.nCopies(VectorLimits.METADATA_FIELDS, Optional.<Bytes>empty()));
        for (var field : state.fields()) {
            var value = field.field().value(metadata).map(field::bytes).map(Bytes::copyOf);
            columns.set(field.slot(), value);
        }
        return columns;
    }

    private static Properties properties(ResultSet row) throws SQLException {
        var present = new ArrayList<Optional<Bytes>>();
        for (var slot = 0; slot < VectorLimits.METADATA_FIELDS; slot++) {
            present.add(Optional.ofNullable(row.getBytes(FIRST_PROPERTY + slot)).map(Bytes::copyOf));
        }
        return new Properties(PgvectorRow.id(row), PgvectorRow.metadata(row.getBytes(2)), present);
    }

    private String id() {
        return state.index().id().text();
    }
}
