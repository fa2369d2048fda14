package io.triport.storage.sql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.sql.SqlValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Collects the rows of a call, as many as may be held in memory. Used by one thread. */
final class SqlRows {
    /** What a value takes besides its bytes, roughly. */
    private static final int VALUE_BYTES = 32;

    private final long most;
    private long held;

    SqlRows(ByteSize most) {
        this.most = most.bytes();
    }

    static List<String> columns(ResultSet rows) throws SQLException {
        var meta = rows.getMetaData();
        var names = new ArrayList<String>();
        for (var i = 1; i <= meta.getColumnCount(); i++) {
            names.add(meta.getColumnName(i));
        }
        return names;
    }

    /** Those that are left. */
    List<List<SqlValue>> all(ResultSet rows, int columns) throws SQLException {
        var all = new ArrayList<List<SqlValue>>();
        while (rows.next()) {
            var row = new ArrayList<SqlValue>(columns);
            for (var i = 1; i <= columns; i++) {
                row.add(value(rows, i));
            }
            all.add(row);
        }
        return all;
    }

    private SqlValue value(ResultSet rows, int column) throws SQLException {
        var value = rows.getObject(column);
        held += VALUE_BYTES;
        var read = switch (value) {
            case null -> SqlValue.NULL;
            case Integer number -> SqlValue.of(number.longValue());
            case Long number -> SqlValue.of(number);
            case Double number -> SqlValue.of(number);
            case String text -> {
                held += text.length();
                yield SqlValue.of(text);
            }
            case byte[] bytes -> {
                held += bytes.length;
                yield SqlValue.of(Bytes.copyOf(bytes));
            }
            default -> throw new IllegalStateException("value: " + value.getClass());
        };
        if (held > most) {
            throw SqlErrors.refused(
                    FailureCode.TOO_LARGE, "RESULT_TOO_LARGE", "the result has more than " + most + " bytes");
        }
        return read;
    }
}
