package io.triport.storage.postgresql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.time.Randomness;
import io.triport.domain.vector.Index;
import io.triport.domain.vector.IndexCatalogue;
import io.triport.domain.vector.IndexId;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.IndexShape;
import io.triport.domain.vector.MetadataField;
import io.triport.domain.vector.Metric;
import io.triport.domain.vector.MutationId;
import io.triport.domain.vector.PropertyName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Which indexes the nodes of a database share. */
record PgvectorCatalogue(Database database, Clock clock, Randomness randomness) implements IndexCatalogue {
    private static final String INDEX = "id, name, dimensions, metric, created";
    private static final String SELECT = "select " + INDEX + " from vector_index ";
    private static final String STATE =
            "select " + INDEX + ", changed, mutation, vectors, next_place" + " from vector_index where id = ?";
    private static final String PROPERTIES =
            "select place, slot, name, type from vector_property where index_id = ? order by place";

    @Override
    public Index create(IndexName name, IndexShape shape) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var index = new Index(IndexId.fresh(randomness), name, shape, now);
        return database.transact(connection -> {
            add(connection, index);
            for (var statement : PgvectorTable.of(index.id(), shape).create()) {
                new Call(connection, statement).change();
            }
            return index;
        });
    }

    @Override
    public boolean drop(IndexId id) {
        return database.transact(connection -> {
            var gone = new Call(connection, "delete from vector_index where id = ? returning dimensions, metric")
                    .with(id.text())
                    .first(row ->
                            PgvectorTable.of(id, new IndexShape(row.getInt(1), Metric.valueOf(row.getString(2)))));
            if (gone.isEmpty()) {
                return false;
            }
            new Call(connection, gone.get().drop()).change();
            return true;
        });
    }

    @Override
    public Optional<Index> find(IndexName name) {
        return database.read(connection -> new Call(connection, SELECT + "where name = ?")
                .with(name.text())
                .first(PgvectorCatalogue::index));
    }

    @Override
    public Optional<Index> find(IndexId id) {
        return database.read(connection ->
                new Call(connection, SELECT + "where id = ?").with(id.text()).first(PgvectorCatalogue::index));
    }

    @Override
    public List<Index> indexes() {
        return database.read(
                connection -> new Call(connection, SELECT + "order by name").all(PgvectorCatalogue::index));
    }

    /** What is known of an index now. @throws StorageFailure.Rejected NOT_FOUND when it is gone */
    static PgvectorState state(Connection connection, IndexId id) throws SQLException {
        return state(connection, id, STATE);
    }

    /** The same; nobody else changes the index before the transaction ends. */
    static PgvectorState held(Connection connection, IndexId id) throws SQLException {
        return state(connection, id, STATE + " for no key update");
    }

    static StorageFailure unknown() {
        return new StorageFailure.Rejected(FailureCode.NOT_FOUND, "index: unknown");
    }

    private static void add(Connection connection, Index index) throws SQLException {
        var added = new Call(
                        connection,
                        "insert into vector_index (id, name, dimensions, metric, created, changed)"
                                + " values (?, ?, ?, ?, ?, ?) on conflict (name) do nothing")
                .with(index.id().text())
                .with(index.name().text())
                .with(index.shape().dimensions())
                .with(index.shape().metric().name())
                .with(index.created().toEpochMilli())
                .with(index.created().toEpochMilli())
                .change();
        if (added == 0) {
            throw new StorageFailure.Rejected(FailureCode.CONFLICT, "index: the name is taken");
        }
    }

    private static PgvectorState state(Connection connection, IndexId id, String sql) throws SQLException {
        var bare = new Call(connection, sql)
                .with(id.text())
                .first(row -> new PgvectorState(
                        index(row),
                        row.getLong(8),
                        new MutationId(row.getLong(7)),
                        Instant.ofEpochMilli(row.getLong(6)),
                        List.of(),
                        row.getInt(9)))
                .orElseThrow(PgvectorCatalogue::unknown);
        var fields = new Call(connection, PROPERTIES).with(id.text()).all(PgvectorCatalogue::field);
        return new PgvectorState(bare.index(), bare.vectors(), bare.last(), bare.changed(), fields, bare.nextPlace());
    }

    private static Index index(ResultSet row) throws SQLException {
        return new Index(
                new IndexId(row.getString(1)),
                new IndexName(row.getString(2)),
                new IndexShape(row.getInt(3), Metric.valueOf(row.getString(4))),
                Instant.ofEpochMilli(row.getLong(5)));
    }

    private static PgvectorField field(ResultSet row) throws SQLException {
        var name = new PropertyName(Bytes.copyOf(row.getBytes(3)).toUtf8());
        return new PgvectorField(
                row.getInt(1), row.getInt(2), new MetadataField(name, MetadataField.Type.valueOf(row.getString(4))));
    }
}
