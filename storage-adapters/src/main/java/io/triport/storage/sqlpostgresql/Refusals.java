package io.triport.storage.sqlpostgresql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StatementError;
import io.triport.domain.failure.StorageFailure;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import org.postgresql.util.PSQLException;

/** What an error of the server means to whoever sent the statement (PostgreSQL documentation, appendix A). */
final class Refusals {
    static final String REFUSED = "STATEMENT_REFUSED";

    private static final int CLASS = 2;
    private static final String READ_ONLY = "25006";
    private static final String NO_RIGHT = "42501";
    private static final String NO_DATABASE = "3D000";
    /** The server ended the session, since nothing came in a transaction for long, or the transaction took too long. */
    private static final Set<String> TOO_SLOW = Set.of("25P03", "25P04");

    private Refusals() {}

    static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState().toUpperCase(Locale.ROOT);
    }

    /** Whether the same transaction, run again, may do. */
    static boolean worthAnother(SQLException e) {
        return state(e).equals("40001") || state(e).equals("40P01");
    }

    /** Whether a transaction that reads only would have had to write. */
    static boolean readOnly(SQLException e) {
        return state(e).equals(READ_ONLY);
    }

    /** Whether nobody was let in: the database, or its role, is not there, or another password is. */
    static boolean shut(SQLException e) {
        return state(e).equals(NO_DATABASE) || state(e).startsWith("28");
    }

    /** Whether it was the way to the server, or the server's end, so that the connection is of no use any more. */
    static boolean cut(SQLException e) {
        var state = state(e);
        return state.isEmpty()
                || state.startsWith("08")
                || state.startsWith("57P") && !state.equals("57P03")
                || TOO_SLOW.contains(state);
    }

    /** Whether there is more than may be read, and the rest was left; what the driver calls that is the same as for a cut connection. */
    static boolean tooMuch(SQLException e) {
        return e.getCause() instanceof Sockets.TooMuch
                || String.valueOf(e.getMessage()).contains("maxResultBuffer");
    }

    /** Of a statement of the caller's, in a transaction that is rolled back. */
    static StorageFailure of(SQLException e) {
        var state = state(e);
        var failure = meant(e, state);
        // Of what the server lacks callers hear no more than that: its words may name files.
        var theirs = !(failure instanceof StorageFailure.Unavailable) || state.startsWith("40");
        return failure.at(new StatementError(
                0,
                state.equals(NO_RIGHT) ? REFUSED : state.isEmpty() ? "UNKNOWN" : state,
                theirs ? reason(e) : "failed"));
    }

    /** Of what we do ourselves, before anything has happened. */
    static StorageFailure ours(SQLException e) {
        return ours(e, FailureCode.UNAVAILABLE);
    }

    /** Of a commit that was on its way. */
    static StorageFailure atCommit(SQLException e) {
        return cut(e) ? ours(e, FailureCode.OUTCOME_UNKNOWN) : of(e);
    }

    /** A statement that we do not run. @param code BAD_REQUEST, or TOO_LARGE */
    static StorageFailure refused(FailureCode code, String name, String reason) {
        var failure = code == FailureCode.TOO_LARGE
                ? new StorageFailure.LimitExceeded(code, "sql: " + reason)
                : new StorageFailure.Rejected(code, "sql: " + reason);
        return failure.at(new StatementError(0, name, reason));
    }

    static StorageFailure denied() {
        return new StorageFailure.AccessDenied("sql: the statement writes (expected: a database opened for that)")
                .at(new StatementError(0, READ_ONLY, "the database was opened to be read"));
    }

    static StorageFailure tooLong() {
        return new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "sql: the call lasted too long");
    }

    static StorageFailure gone() {
        return new StorageFailure.Rejected(FailureCode.NOT_FOUND, "database: dropped");
    }

    /** The same, where it is another one of several statements. */
    static StorageFailure at(int index, StorageFailure failure) {
        return failure.statement()
                .map(error -> failure.at(new StatementError(index, error.code(), error.reason())))
                .orElse(failure);
    }

    private static StorageFailure ours(SQLException e, FailureCode code) {
        var state = state(e);
        var busy = state.startsWith("53") || state.startsWith("40") || state.equals("57014");
        return new StorageFailure.Unavailable(busy ? FailureCode.OVERLOADED : code, "sql: " + state, e);
    }

    private static StorageFailure meant(SQLException e, String state) {
        var message = "sql: " + (state.isEmpty() ? "no state" : state);
        return switch (state) {
            case READ_ONLY -> new StorageFailure.AccessDenied(message);
            case "P0001" -> new StorageFailure.Rejected(FailureCode.CONFLICT, message);
            case "53100" -> new StorageFailure.Unavailable(FailureCode.FULL, message, e);
            case "53400", "54000" -> new StorageFailure.LimitExceeded(FailureCode.TOO_LARGE, message);
            case "XX001", "XX002" -> new StorageFailure.Corrupt(message);
            case "55P03" -> new StorageFailure.Unavailable(FailureCode.OVERLOADED, message, e);
            case "25P03", "25P04" -> new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, message, e);
            default ->
                switch (state.length() < CLASS ? "" : state.substring(0, CLASS)) {
                    case "23" -> new StorageFailure.Rejected(FailureCode.CONFLICT, message);
                    case "40", "53" -> new StorageFailure.Unavailable(FailureCode.OVERLOADED, message, e);
                    case "", "08", "57", "58", "XX" ->
                        new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, message, e);
                    default -> new StorageFailure.Rejected(FailureCode.BAD_REQUEST, message);
                };
        };
    }

    private static String reason(SQLException e) {
        var server = e instanceof PSQLException ours ? ours.getServerErrorMessage() : null;
        var said = server == null ? e.getMessage() : server.getMessage();
        return said == null || said.isEmpty() ? "no reason" : said;
    }
}
