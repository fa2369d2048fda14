package io.triport.storage.sql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StatementError;
import io.triport.domain.failure.StorageFailure;
import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What an error of SQLite means to whoever sent the statement. */
final class SqlErrors {
    private static final int PRIMARY = 0xFF;

    /** After these nobody can say what of the file is on the disk; a second fsync would lie. */
    private static final Set<SQLiteErrorCode> FINAL = Set.of(
            SQLiteErrorCode.SQLITE_IOERR,
            SQLiteErrorCode.SQLITE_IOERR_WRITE,
            SQLiteErrorCode.SQLITE_IOERR_FSYNC,
            SQLiteErrorCode.SQLITE_IOERR_DIR_FSYNC,
            SQLiteErrorCode.SQLITE_IOERR_TRUNCATE,
            SQLiteErrorCode.SQLITE_IOERR_CLOSE);

    private SqlErrors() {}

    /** Of a statement of the caller's. Nothing has happened, or is rolled back. */
    static StorageFailure of(SQLException e) {
        var code = code(e);
        var reason = reason(e, code);
        return meant(e, code, "sql: " + reason).at(new StatementError(0, code.name(), reason));
    }

    /** Of what we do ourselves. */
    static StorageFailure ours(SQLException e) {
        var code = code(e);
        return new StorageFailure.Unavailable(
                code == SQLiteErrorCode.SQLITE_BUSY ? FailureCode.OVERLOADED : FailureCode.UNAVAILABLE,
                "sql: " + code,
                e);
    }

    /** A statement that we do not run. @param code BAD_REQUEST, or TOO_LARGE */
    static StorageFailure refused(FailureCode code, String name, String reason) {
        var failure = code == FailureCode.TOO_LARGE
                ? new StorageFailure.LimitExceeded(code, "sql: " + reason)
                : new StorageFailure.Rejected(code, "sql: " + reason);
        return failure.at(new StatementError(0, name, reason));
    }

    /** The same, where it is another one of several statements. */
    static StorageFailure at(int index, StorageFailure failure) {
        return failure.statement()
                .map(error -> failure.at(new StatementError(index, error.code(), error.reason())))
                .orElse(failure);
    }

    /** Nobody waits for the answer any more. */
    static StorageFailure left() {
        return new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "sql: interrupted");
    }

    /** Whether the file must not be written any more before a restart has recovered it. */
    static boolean isFinal(SQLException e) {
        return FINAL.contains(code(e));
    }

    private static StorageFailure meant(SQLException e, SQLiteErrorCode code, String message) {
        return switch (SQLiteErrorCode.getErrorCode(code.code & PRIMARY)) {
            case SQLITE_CONSTRAINT -> new StorageFailure.Rejected(FailureCode.CONFLICT, message);
            case SQLITE_TOOBIG -> new StorageFailure.LimitExceeded(FailureCode.TOO_LARGE, message);
            case SQLITE_READONLY -> new StorageFailure.AccessDenied(message);
            case SQLITE_CORRUPT, SQLITE_NOTADB -> new StorageFailure.Corrupt(message);
            case SQLITE_FULL -> new StorageFailure.Unavailable(FailureCode.FULL, message, e);
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_NOMEM ->
                new StorageFailure.Unavailable(FailureCode.OVERLOADED, message, e);
            case SQLITE_INTERRUPT, SQLITE_IOERR, SQLITE_CANTOPEN, UNKNOWN_ERROR ->
                new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, message, e);
            default -> new StorageFailure.Rejected(FailureCode.BAD_REQUEST, message);
        };
    }

    /** The driver writes the code and its meaning before SQLite's own words. */
    private static String reason(SQLException e, SQLiteErrorCode code) {
        var message = String.valueOf(e.getMessage());
        var before = "[" + code.name() + "] " + code.message + " (";
        return message.startsWith(before) && message.endsWith(")")
                ? message.substring(before.length(), message.length() - 1)
                : message;
    }

    private static SQLiteErrorCode code(SQLException e) {
        return e instanceof SQLiteException ours ? ours.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
    }
}
