package io.triport.domain.storage;

import io.triport.domain.request.Bytes;
import io.triport.domain.sql.Bookmark;
import io.triport.domain.sql.DatabaseInfo;
import io.triport.domain.sql.SessionStart;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlArchive;
import io.triport.domain.sql.SqlDatabase;
import io.triport.domain.sql.SqlMeta;
import io.triport.domain.sql.SqlResult;
import io.triport.domain.sql.SqlScript;
import io.triport.domain.sql.SqlValue;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** A database whose calls are told to the log. The text of a statement is not: it may hold values. */
final class TimedSqlDatabase implements SqlDatabase {
    private static final int NUMBER_BYTES = 8;

    private final SqlDatabase database;
    private final SqlAccess access;
    private final CallTimer timer;

    TimedSqlDatabase(SqlDatabase database, SqlAccess access, CallTimer timer) {
        this.database = database;
        this.access = access;
        this.timer = timer;
    }

    @Override
    public SqlResult query(Sql statement) {
        return call(
                "query",
                () -> database.query(statement),
                result -> told("rows", result.rows().size())
                        .bringing(size(statement.parameters()))
                        .giving(size(result)));
    }

    @Override
    public List<SqlResult> batch(List<Sql> statements) {
        return call(
                "batch",
                () -> database.batch(statements),
                results -> told("statements", results.size())
                        .bringing(statements.stream()
                                .mapToLong(one -> size(one.parameters()))
                                .sum())
                        .giving(results.stream()
                                .mapToLong(TimedSqlDatabase::size)
                                .sum()));
    }

    @Override
    public SqlMeta run(SqlScript script) {
        return call(
                "run",
                () -> database.run(script),
                meta -> told("written", meta.rowsWritten())
                        .bringing(Bytes.utf8(script.text()).size()));
    }

    @Override
    public SqlDatabase session(SessionStart start) {
        return new TimedSqlDatabase(database.session(start), access, timer);
    }

    @Override
    public Bookmark bookmark() {
        return timer.read("bookmark", database::bookmark, found -> new StorageCall.Done("bookmark", found.text()));
    }

    @Override
    public SqlArchive archive() {
        return new TimedSqlArchive(database.archive(), timer);
    }

    @Override
    public DatabaseInfo info() {
        return timer.read("info", database::info, info -> told("tables", info.tables()));
    }

    /** What was opened to be read has changed nothing, however it ends. */
    private <R> R call(String operation, Supplier<R> call, Function<R, StorageCall.Done> found) {
        return switch (access) {
            case READ -> timer.read(operation, call, found);
            case WRITE -> timer.change(operation, call, found);
        };
    }

    private static long size(SqlResult result) {
        return result.rows().stream().mapToLong(TimedSqlDatabase::size).sum();
    }

    private static long size(List<SqlValue> values) {
        return values.stream()
                .mapToLong(value -> switch (value) {
                    case SqlValue.Null none -> 0;
                    case SqlValue.Whole number -> NUMBER_BYTES;
                    case SqlValue.Real number -> NUMBER_BYTES;
                    case SqlValue.Text(var text) -> text.length();
                    case SqlValue.Blob(var bytes) -> bytes.size();
                })
                .sum();
    }

    private static StorageCall.Done told(String name, long count) {
        return new StorageCall.Done(name, Long.toString(count));
    }
}
