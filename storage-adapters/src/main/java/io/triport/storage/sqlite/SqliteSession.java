package io.triport.storage.sqlite;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.storage.jdbc.BoundConnection;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One connection with its prepared statements, which are made once each. Used by one thread at a time. */
final class SqliteSession implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    /** Reads the row that the cursor stands on. */
    interface Row<R> {
        R read(ResultSet row) throws SQLException;
    }

    SqliteSession(Connection connection) {
        this.connection = connection;
    }

    /** @param values each a {@link Bytes}, {@link Long} or {@link String} */
    <R> Optional<R> first(String sql, Row<R> reader, Object... values) {
        try (var rows = bound(sql, values).executeQuery()) {
            return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    <R> List<R> all(String sql, Row<R> reader, Object... values) {
        try (var rows = bound(sql, values).executeQuery()) {
            var all = new ArrayList<R>();
            while (rows.next()) {
                all.add(reader.read(rows));
            }
            return all;
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** @param values null for an absent one. @return how many rows were changed */
    int change(String sql, @Nullable Object... values) {
        try {
            return bound(sql, values).executeUpdate();
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** Runs what brings statements of its own, on this connection. */
    <R> R lend(Supplier<R> work) {
        try {
            return BoundConnection.run(connection, work);
        } catch (SQLException e) {
            throw SqliteFailures.of(e);
        }
    }

    /** Bytes of a column; one without bytes comes as null from the driver. */
    static Bytes bytes(ResultSet row, int column) throws SQLException {
        var bytes = row.getBytes(column);
        return bytes == null ? Bytes.EMPTY : Bytes.copyOf(bytes);
    }

    /** The text of a column, empty where it is null. The driver's own way to it makes a buffer outside of the heap for each. */
    static String text(ResultSet row, int column) throws SQLException {
        var bytes = row.getBytes(column);
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            for (var statement : statements.values()) {
                statement.close();
            }
            connection.close();
        } catch (SQLException e) {
            throw SqliteFailures.of(e);
        }
    }

    /** The driver ends a statement that failed; it must be prepared anew. */
    private StorageFailure failed(String sql, SQLException e) {
        var statement = statements.remove(sql);
        try {
            if (statement != null) {
                statement.close();
            }
        } catch (SQLException closing) {
            e.addSuppressed(closing);
        }
        return SqliteFailures.of(e);
    }

    private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
        var statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (var i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, int position, @Nullable Object value) throws SQLException {
        switch (value) {
            case Bytes bytes -> statement.setBytes(position, bytes.toByteArray());
            case null -> statement.setNull(position, Types.NULL);
            case Long number -> statement.setLong(position, number);
            case String text -> statement.setString(position, text);
            default ->
                throw new IllegalArgumentException("value: " + value.getClass() + " (expected: Bytes, Long, String)");
        }
    }
}
