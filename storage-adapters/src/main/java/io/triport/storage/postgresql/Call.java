package io.triport.storage.postgresql;

import io.triport.domain.request.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One execution of one statement: its parameters in their order, then what comes back. Closes the statement by itself. */
final class Call {
    private final Connection connection;
    private final String sql;
    private final List<Parameter> parameters = new ArrayList<>();

    Call(Connection connection, String sql) {
        this.connection = connection;
        this.sql = sql;
    }

    /** Puts itself at a place. */
    private interface Parameter {
        void set(PreparedStatement statement, int place) throws SQLException;
    }

    /** Reads one row. */
    interface Row<R> {
        R read(ResultSet row) throws SQLException;
    }

    Call with(Bytes bytes) {
        return with(bytes.toByteArray());
    }

    Call with(byte[] bytes) {
        parameters.add((statement, place) -> statement.setBytes(place, bytes));
        return this;
    }

    Call with(long number) {
        parameters.add((statement, place) -> statement.setLong(place, number));
        return this;
    }

    Call with(boolean flag) {
        parameters.add((statement, place) -> statement.setBoolean(place, flag));
        return this;
    }

    Call with(OptionalLong number) {
        if (number.isPresent()) {
            return with(number.getAsLong());
        }
        parameters.add((statement, place) -> statement.setNull(place, Types.BIGINT));
        return this;
    }

    Call with(Optional<Bytes> bytes) {
        if (bytes.isPresent()) {
            return with(bytes.get());
        }
        parameters.add((statement, place) -> statement.setNull(place, Types.BINARY));
        return this;
    }

    Call with(byte[][] elements) {
        parameters.add((statement, place) -> statement.setArray(place, connection.createArrayOf("bytea", elements)));
        return this;
    }

    Call with(String text) {
        parameters.add((statement, place) -> statement.setString(place, text));
        return this;
    }

    Call with(String[] elements) {
        parameters.add((statement, place) -> statement.setArray(place, connection.createArrayOf("text", elements)));
        return this;
    }

    Call with(float[] elements) {
        parameters.add((statement, place) -> statement.setObject(place, elements));
        return this;
    }

    Call with(Long[] elements) {
        parameters.add((statement, place) -> statement.setArray(place, connection.createArrayOf("bigint", elements)));
        return this;
    }

    <R> List<R> all(Row<R> row) throws SQLException {
        try (var statement = prepare();
                var rows = statement.executeQuery()) {
            var read = new ArrayList<R>();
            while (rows.next()) {
                read.add(row.read(rows));
            }
            return read;
        }
    }

    <R> Optional<R> first(Row<R> row) throws SQLException {
        try (var statement = prepare();
                var rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
        }
    }

    /** How many rows were changed. */
    int change() throws SQLException {
        try (var statement = prepare()) {
            return statement.executeUpdate();
        }
    }

    private PreparedStatement prepare() throws SQLException {
        var statement = connection.prepareStatement(sql);
        try {
            for (var i = 0; i < parameters.size(); i++) {
                parameters.get(i).set(statement, i + 1);
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }
}
