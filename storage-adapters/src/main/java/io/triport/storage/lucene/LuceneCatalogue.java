package io.triport.storage.lucene;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.vector.Index;
import io.triport.domain.vector.IndexId;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.IndexShape;
import io.triport.domain.vector.Metric;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Which indexes there are, in a file of its own. Its methods take turns. */
final class LuceneCatalogue implements AutoCloseable {
    private static final String TABLE = """
        create table if not exists vector_index (
          id text primary key,
          name text not null unique,
          dimensions integer not null,
          metric text not null,
          created integer not null
        ) strict, without rowid\
        """;
    private static final String SELECT = "select id, name, dimensions, metric, created from vector_index ";

    private final Connection connection;

    LuceneCatalogue(Path file) {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setGetGeneratedKeys(false);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        try {
            this.connection = source.getConnection();
        } catch (SQLException e) {
            throw failure(e);
        }
        change(TABLE);
    }

    /** @throws StorageFailure.Rejected CONFLICT when the name is taken */
    synchronized void add(Index index) {
        change(
                "insert into vector_index (id, name, dimensions, metric, created) values (?, ?, ?, ?, ?)",
                index.id().text(),
                index.name().text(),
                index.shape().dimensions(),
                index.shape().metric().name(),
                index.created().toEpochMilli());
    }

    /** Whether it was there. */
    synchronized boolean remove(IndexId id) {
        return change("delete from vector_index where id = ?", id.text()) > 0;
    }

    synchronized Optional<Index> find(IndexName name) {
        return all(SELECT + "where name = ?", name.text()).stream().findFirst();
    }

    synchronized Optional<Index> find(IndexId id) {
        return all(SELECT + "where id = ?", id.text()).stream().findFirst();
    }

    synchronized List<Index> all() {
        return all(SELECT + "order by name");
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private int change(String sql, Object... values) {
        try (var statement = bound(sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private List<Index> all(String sql, Object... values) {
        try (var statement = bound(sql, values);
                var rows = statement.executeQuery()) {
            var all = new ArrayList<Index>();
            while (rows.next()) {
                all.add(index(rows));
            }
            return all;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private PreparedStatement bound(String sql, Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (var i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private static Index index(ResultSet row) throws SQLException {
        return new Index(
                new IndexId(row.getString(1)),
                new IndexName(row.getString(2)),
                new IndexShape(row.getInt(3), Metric.valueOf(row.getString(4))),
                Instant.ofEpochMilli(row.getLong(5)));
    }

    private static StorageFailure failure(SQLException e) {
        var code = e instanceof SQLiteException ours ? ours.getResultCode() : SQLiteErrorCode.SQLITE_ERROR;
        return switch (code) {
            case SQLITE_CONSTRAINT_UNIQUE ->
                new StorageFailure.Rejected(FailureCode.CONFLICT, "index: the name is taken");
            case SQLITE_CORRUPT, SQLITE_NOTADB -> new StorageFailure.Corrupt("vectors: the catalogue is damaged");
            case SQLITE_FULL ->
                new StorageFailure.Unavailable(FailureCode.FULL, "vectors: no room for the catalogue", e);
            default -> new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "vectors: the catalogue failed", e);
        };
    }
}
