package io.triport.storage.sql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.sql.Database;
import io.triport.domain.sql.DatabaseId;
import io.triport.domain.sql.DatabaseName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Which databases there are, in a file of its own. Its methods take turns. */
final class SqlCatalogue implements AutoCloseable {
    private static final String TABLE = """
        create table if not exists database (
          id text primary key,
          name text not null unique,
          created integer not null
        ) strict, without rowid\
        """;
    private static final String SELECT = "select id, name, created from database ";

    private final Connection connection;

    SqlCatalogue(Path file, Duration patience) {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout((int) patience.toMillis());
        config.setGetGeneratedKeys(false);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        try {
            this.connection = source.getConnection();
        } catch (SQLException e) {
            throw SqlErrors.ours(e);
        }
        change(TABLE);
    }

    /** @throws StorageFailure.Rejected CONFLICT when the name is taken */
    synchronized void add(Database database) {
        try (var insert = bound(
                "insert into database (id, name, created) values (?, ?, ?)",
                database.id().text(),
                database.name().text(),
                database.created().toEpochMilli())) {
            insert.executeUpdate();
        } catch (SQLException e) {
            if (e instanceof SQLiteException ours && ours.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE) {
                throw new StorageFailure.Rejected(FailureCode.CONFLICT, "database: the name is taken");
            }
            throw SqlErrors.ours(e);
        }
    }

    /** Whether it was there. */
    synchronized boolean remove(DatabaseId id) {
        return change("delete from database where id = ?", id.text()) > 0;
    }

    synchronized Optional<Database> find(DatabaseName name) {
        return all(SELECT + "where name = ?", name.text()).stream().findFirst();
    }

    synchronized Optional<Database> find(DatabaseId id) {
        return all(SELECT + "where id = ?", id.text()).stream().findFirst();
    }

    synchronized List<Database> all() {
        return all(SELECT + "order by name");
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw SqlErrors.ours(e);
        }
    }

    private int change(String sql, Object... values) {
        try (var statement = bound(sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw SqlErrors.ours(e);
        }
    }

    private List<Database> all(String sql, Object... values) {
        try (var statement = bound(sql, values);
                var rows = statement.executeQuery()) {
            var all = new ArrayList<Database>();
            while (rows.next()) {
                all.add(database(rows));
            }
            return all;
        } catch (SQLException e) {
            throw SqlErrors.ours(e);
        }
    }

    private PreparedStatement bound(String sql, Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (var i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private static Database database(ResultSet row) throws SQLException {
        return new Database(
                new DatabaseId(row.getString(1)),
                new DatabaseName(row.getString(2)),
                Instant.ofEpochMilli(row.getLong(3)));
    }
}
