package io.triport.storage.sqlite;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What an error of SQLite means to a caller. */
final class SqliteFailures {
    private static final Set<SQLiteErrorCode> DAMAGED =
            Set.of(SQLiteErrorCode.SQLITE_CORRUPT, SQLiteErrorCode.SQLITE_NOTADB);

    /** After these nobody can say what of the file is on the disk; a second fsync would lie. */
    private static final Set<SQLiteErrorCode> FINAL = Set.of(
            SQLiteErrorCode.SQLITE_IOERR,
            SQLiteErrorCode.SQLITE_IOERR_WRITE,
            SQLiteErrorCode.SQLITE_IOERR_FSYNC,
            SQLiteErrorCode.SQLITE_IOERR_DIR_FSYNC,
            SQLiteErrorCode.SQLITE_IOERR_TRUNCATE,
            SQLiteErrorCode.SQLITE_IOERR_CLOSE);

    private static final int PRIMARY = 0xFF;

    private SqliteFailures() {}

    /** Nothing happened. */
    static StorageFailure of(SQLException e) {
        var code = code(e);
        var primary = SQLiteErrorCode.getErrorCode(code.code & PRIMARY);
        if (DAMAGED.contains(primary)) {
            return new StorageFailure.Corrupt("sqlite: " + code);
        }
        var full = primary == SQLiteErrorCode.SQLITE_FULL;
        return new StorageFailure.Unavailable(full ? FailureCode.FULL : FailureCode.UNAVAILABLE, "sqlite: " + code, e);
    }

    static StorageFailure outcomeUnknown(Throwable cause) {
        return new StorageFailure.Unavailable(FailureCode.OUTCOME_UNKNOWN, "sqlite: the write was not answered", cause);
    }

    /** Whether the file must not be written any more before a restart has recovered it. */
    static boolean isFinal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && FINAL.contains(code(e))) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing is wrong but that there is no room. */
    static boolean isFull(StorageFailure failure) {
        return failure.code() == FailureCode.FULL;
    }

    static boolean isDuplicate(SQLException e) {
        return (code(e).code & PRIMARY) == SQLiteErrorCode.SQLITE_CONSTRAINT.code;
    }

    private static SQLiteErrorCode code(SQLException e) {
        return e instanceof SQLiteException ours ? ours.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
    }
}
