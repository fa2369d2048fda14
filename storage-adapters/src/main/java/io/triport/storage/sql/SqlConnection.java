package io.triport.storage.sql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.request.ByteSize;
import io.triport.domain.sql.SqlMeta;
import io.triport.domain.sql.SqlResult;
import io.triport.domain.sql.SqlValue;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;

/** One connection to a database. Used by one thread at a time. */
final class SqlConnection implements AutoCloseable {
    /** How much work SQLite does between two looks at the clock: about a tenth of a millisecond. */
    private static final int STEPS = 4_000;

    private final SQLiteConnection connection;
    private @Nullable SqlDeadline deadline;

    SqlConnection(SQLiteConnection connection) throws SQLException {
        this.connection = connection;
        ProgressHandler.setHandler(connection, STEPS, new ProgressHandler() {
            @Override
            protected int progress() {
                return deadline != null && deadline.over() ? 1 : 0;
            }
        });
    }

    /** Statements are stopped when it is over. */
    void within(SqlDeadline other) {
        deadline = other;
    }

    /** What is ours must come to its end. */
    void withoutDeadline() {
        deadline = null;
    }

    SqlJudge.Verdict judge(SqlText statement) throws SQLException {
        return SqlJudge.judge(statement, connection);
    }

    /** @param statement that was judged on this connection, in the transaction that goes on */
    SqlResult execute(
            SqlText statement, List<SqlValue> parameters, SqlJudge.Verdict verdict, SqlRows rows, SqlDeadline by)
            throws SQLException {
        var before = written();
        var start = by.ticker().nanos();
        try (var prepared = connection.prepareStatement(statement.text())) {
            bind(prepared, parameters);
            var hasRows = prepared.execute();
            List<String> columns = List.of();
            List<List<SqlValue>> found = List.of();
            if (hasRows) {
                try (var all = prepared.getResultSet()) {
                    columns = SqlRows.columns(all);
                    found = rows.all(all, columns.size());
                }
            }
            var took = Duration.ofNanos(by.ticker().nanos() - start);
            return new SqlResult(columns, found, meta(statement, verdict, took, written() - before));
        }
    }

    /** The same without parameters and rows, for those of which there are many. */
    void run(SqlText statement) throws SQLException {
        try (var prepared = connection.prepareStatement(statement.text())) {
            bind(prepared, List.of());
            if (prepared.execute()) {
                try (var rows = prepared.getResultSet()) {
                    while (rows.next()) {
                        // To its end.
                    }
                }
            }
        }
    }

    /** What is done with a row. */
    interface Step {
        void on(ResultSet row) throws SQLException, IOException;
    }

    /** What is read of a row. */
    interface Reader<R> {
        R read(ResultSet row) throws SQLException;
    }

    /** Rows of a query of ours, one after the other. */
    void each(String sql, Step step) throws SQLException, IOException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                step.on(rows);
            }
        }
    }

    /** All rows of a query of ours. */
    <R> List<R> all(String sql, Reader<R> reader) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var all = new ArrayList<R>();
            while (rows.next()) {
                all.add(reader.read(rows));
            }
            return all;
        }
    }

    long lastRowId() throws SQLException {
        return number("select last_insert_rowid()");
    }

    /** A statement of ours. */
    void change(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first value of a query of ours, which has one. */
    long number(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    ByteSize size() throws SQLException {
        return new ByteSize(number("pragma page_count") * number("pragma page_size"));
    }

    /** How often the database was changed. */
    long changes() throws SQLException {
        return number("pragma application_id") << Integer.SIZE | number("pragma user_version") & 0xFFFF_FFFFL;
    }

    /** Counts a change, as a part of it: the two numbers stand in the file's header, and callers cannot reach them. */
    void countChange() throws SQLException {
        var next = changes() + 1;
        change("pragma user_version = " + (int) next);
        if ((int) next == 0) {
            change("pragma application_id = " + (next >> Integer.SIZE));
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw SqlErrors.ours(e);
        }
    }

    private SqlMeta meta(SqlText statement, SqlJudge.Verdict verdict, Duration took, long written) throws SQLException {
        var wrote = written > 0;
        return new SqlMeta(
                took,
                wrote ? connection.getDatabase().changes() : 0,
                wrote ? lastRowId() : 0,
                wrote || verdict == SqlJudge.Verdict.WRITES && !statement.changesRows(),
                size(),
                written);
    }

    /** Rows since the connection was opened, by triggers and foreign keys too. */
    long written() throws SQLException {
        return connection.getDatabase().total_changes();
    }

    private static void bind(PreparedStatement prepared, List<SqlValue> values) throws SQLException {
        var expected = prepared.getParameterMetaData().getParameterCount();
        if (expected != values.size()) {
            throw SqlErrors.refused(
                    FailureCode.BAD_REQUEST,
                    "PARAMETER_COUNT",
                    "wrong number of parameters: " + values.size() + " (expected: " + expected + ")");
        }
        for (var i = 0; i < expected; i++) {
            bind(prepared, i + 1, values.get(i));
        }
    }

    private static void bind(PreparedStatement prepared, int position, SqlValue value) throws SQLException {
        switch (value) {
            case SqlValue.Null none -> prepared.setNull(position, Types.NULL);
            case SqlValue.Whole(var number) -> prepared.setLong(position, number);
            case SqlValue.Real(var number) -> prepared.setDouble(position, number);
            case SqlValue.Text(var text) -> prepared.setString(position, text);
            case SqlValue.Blob(var bytes) -> prepared.setBytes(position, bytes.toByteArray());
        }
    }
}
