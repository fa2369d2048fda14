package io.triport.domain.sql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of a statement. @param columns of each row; two may have one name @param rows each with a value for each column */
public record SqlResult(List<String> columns, List<List<SqlValue>> rows, SqlMeta meta) {
    public SqlResult {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** The rows by the names of their columns, in the columns' order. Of two columns with one name the last is kept. */
    public List<Map<String, SqlValue>> named() {
        return rows.stream().map(this::named).toList();
    }

    /**
     * A column of the first row; of two with one name the last. Empty when there is no row.
     *
     * @throws StorageFailure.Rejected BAD_REQUEST when there is a row and no such column
     */
    public Optional<SqlValue> first(String column) {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        var found = columns.lastIndexOf(column);
        if (found < 0) {
            throw new StorageFailure.Rejected(FailureCode.BAD_REQUEST, "column: unknown (expected: one of the result)");
        }
        return Optional.of(rows.getFirst().get(found));
    }

    private Map<String, SqlValue> named(List<SqlValue> row) {
        var named = new LinkedHashMap<String, SqlValue>();
        for (var i = 0; i < row.size(); i++) {
            named.put(columns.get(i), row.get(i));
        }
        return Collections.unmodifiableMap(named);
    }
}
