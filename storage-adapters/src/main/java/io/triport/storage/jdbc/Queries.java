package io.triport.storage.jdbc;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.triport.domain.request.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs statements that are put together as they are needed, on the connection of the unit. */
public final class Queries {
    private final JdbcOperations operations;

    public Queries(JdbcOperations operations) {
        this.operations = operations;
    }

    /** Reads one row. */
    public interface Row<R> {
        R read(ResultSet row) throws SQLException;
    }

    public <R> void each(Sql sql, Row<R> reader, Consumer<R> taker) {
        operations.prepareStatement(sql.text(), statement -> {
            sql.bind(statement);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    taker.accept(reader.read(rows));
                }
                return sql;
            }
        });
    }

    public <R> List<R> all(Sql sql, Row<R> reader) {
        var all = new ArrayList<R>();
        each(sql, reader, all::add);
        return all;
    }

    public <R> Optional<R> first(Sql sql, Row<R> reader) {
        return all(sql, reader).stream().findFirst();
    }

    /** Rows of a table as its entity. */
    public <E> List<E> all(Sql sql, Class<E> entity) {
        return operations.prepareStatement(sql.text(), statement -> {
            sql.bind(statement);
            try (var rows = statement.executeQuery();
                    var entities = operations.entityStream(rows, entity)) {
                return entities.toList();
            }
        });
    }

    /** The one number of the one row. */
    public long number(Sql sql) {
        return first(sql, row -> row.getLong(1)).orElseThrow();
    }

    /** @return how many rows were changed */
    public int change(Sql sql) {
        return operations.prepareStatement(sql.text(), statement -> {
            sql.bind(statement);
            return statement.executeUpdate();
        });
    }

    /** Bytes of a column; one without bytes comes as null from the driver of SQLite. */
    public static Bytes bytes(ResultSet row, int column) throws SQLException {
        var bytes = row.getBytes(column);
        return bytes == null ? Bytes.EMPTY : Bytes.copyOf(bytes);
    }

    /** Text of a column of an outer join. */
    public static String text(ResultSet row, int column) throws SQLException {
        var text = row.getString(column);
        return text == null ? "" : text;
    }
}
