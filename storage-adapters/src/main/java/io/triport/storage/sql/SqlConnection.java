package io.triport.storage.sql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.request.ByteSize;
import io.triport.domain.sql.SqlMeta;
import io.triport.domain.sql.SqlResult;
import io.triport.domain.sql.SqlValue;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;

/** One connection to a database. Used by one thread at a time. */
final class SqlConnection implements AutoCloseable {
    /** How much work SQLite does between two looks at the clock: about a tenth of a millisecond. */
    private static final int STEPS = 4_000;

    private static final String MAIN = "main";
    /** In one step, so as one state. */
    private static final int ALL_PAGES = -1;
    /** How often, and how many milliseconds apart, it is looked whether another process has ended its transaction. */
    private static final int LOOKS = 100;

    private static final int LOOK_MILLIS = 20;

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

    /** A statement may have rolled back by itself, and left nothing to do. */
    void rollBack() {
        try {
            change("rollback");
        } catch (SQLException e) {
            SqlFiles.LOG.trace("nothing to roll back", e);
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

    /** The number of the state, which is {@link ChangeNumber}. */
    long changes() throws SQLException {
        return ChangeNumber.of((int) number("pragma application_id"), (int) number("pragma user_version"));
    }

    /** Counts a change, as a part of it: its number stands in the file's header, where callers cannot reach it. */
    void countChange(Instant now) throws SQLException {
        var before = changes();
        var next = ChangeNumber.next(before, now);
        change("pragma user_version = " + (int) next);
        if (ChangeNumber.second(next) != ChangeNumber.second(before)) {
            change("pragma application_id = " + ChangeNumber.second(next));
        }
    }

    /** Writes one state of the database, page by page, to a file. */
    void copyTo(Path file) throws SQLException {
        connection.getDatabase().backup(MAIN, file.toString(), null, LOOK_MILLIS, LOOKS, ALL_PAGES);
    }

    /** Makes the database what is in a file, in a transaction of its own; whether it did shows in {@link #changes}. */
    void become(Path file) throws SQLException {
        connection.getDatabase().restore(MAIN, file.toString(), null, LOOK_MILLIS, LOOKS, ALL_PAGES);
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
