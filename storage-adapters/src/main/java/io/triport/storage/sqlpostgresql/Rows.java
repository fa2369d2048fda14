package io.triport.storage.sqlpostgresql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.request.Bytes;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.sql.SqlValue;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/** Collects the rows of a call, as many as may be held in memory. Used by one thread. */
final class Rows {
    /** What a value takes besides its bytes, roughly. */
    private static final int VALUE_BYTES = 32;

    private final SqlLimits limits;
    private long held;

    Rows(SqlLimits limits) {
        this.limits = limits;
    }

    List<String> columns(ResultSet rows) throws SQLException {
        var meta = rows.getMetaData();
        if (meta.getColumnCount() > limits.columns()) {
            throw Refusals.refused(
                    FailureCode.BAD_REQUEST,
                    "TOO_MANY_COLUMNS",
                    "columns: " + meta.getColumnCount() + " (expected: at most " + limits.columns() + ")");
        }
        var names = new ArrayList<String>();
        for (var i = 1; i <= meta.getColumnCount(); i++) {
            names.add(meta.getColumnLabel(i));
        }
        return names;
    }

    List<List<SqlValue>> all(ResultSet rows) throws SQLException {
        var meta = rows.getMetaData();
        var types = new int[meta.getColumnCount()];
        for (var i = 0; i < types.length; i++) {
            types[i] = meta.getColumnType(i + 1);
        }
        var all = new ArrayList<List<SqlValue>>();
        while (rows.next()) {
            var row = new ArrayList<SqlValue>(types.length);
            for (var i = 0; i < types.length; i++) {
                row.add(value(rows, i + 1, types[i]));
            }
            all.add(row);
        }
        return all;
    }

    private SqlValue value(ResultSet rows, int column, int type) throws SQLException {
        if (type == Types.BINARY) {
            var bytes = rows.getBytes(column);
            count(bytes == null ? 0 : bytes.length);
            return bytes == null ? SqlValue.NULL : SqlValue.of(Bytes.copyOf(bytes));
        }
        var text = rows.getString(column);
        if (text == null) {
            count(0);
            return SqlValue.NULL;
        }
        var value = read(text, type);
        count(value instanceof SqlValue.Text ? length(text) : 0);
        return value;
    }

    /** What is neither a whole number, nor one of double precision, nor a truth value is told in the server's own words. */
    private static SqlValue read(String text, int type) {
        return switch (type) {
            case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> SqlValue.of(Long.parseLong(text));
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> real(text);
            case Types.BIT, Types.BOOLEAN -> truth(text);
            default -> SqlValue.of(text);
        };
    }

    /** Not a number has no place among numbers; an amount of money, which the driver takes for one, has none either. */
    private static SqlValue real(String text) {
        try {
            var number = Double.parseDouble(text);
            return Double.isNaN(number) ? SqlValue.of(text) : SqlValue.of(number);
        } catch (NumberFormatException e) {
            return SqlValue.of(text);
        }
    }

    /** The driver takes a row of bits for a truth value. */
    private static SqlValue truth(String text) {
        return switch (text) {
            case "t" -> SqlValue.of(true);
            case "f" -> SqlValue.of(false);
            default -> SqlValue.of(text);
        };
    }

    private void count(long bytes) {
        if (bytes > limits.valueBytes()) {
            throw Refusals.refused(
                    FailureCode.TOO_LARGE,
                    "VALUE_TOO_LARGE",
                    "a value has " + bytes + " bytes (expected: at most " + limits.valueBytes() + ")");
        }
        held += VALUE_BYTES + bytes;
        if (held > limits.resultBytes().bytes()) {
            throw Refusals.refused(
                    FailureCode.TOO_LARGE,
                    "RESULT_TOO_LARGE",
                    "the result has more than " + limits.resultBytes().bytes() + " bytes");
        }
    }

    /** Of a text so short that it cannot be too long, nobody needs to know exactly. */
    private long length(String text) {
        return text.length() * 3L <= limits.valueBytes() ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
    }
}
