package io.triport.storage.postgresql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.sql.SQLException;
import java.util.Locale;

/** What may be concluded from a failure of the server, or of the way to it (PostgreSQL documentation, appendix A). */
enum Failures {
    /** No commit was on its way: nothing happened. */
    BEFORE_COMMIT(FailureCode.UNAVAILABLE),
    /** A commit was on its way, or went with the statement. */
    AT_COMMIT(FailureCode.OUTCOME_UNKNOWN);

    private static final String CONNECTION = "08";
    private static final String SHUTDOWN = "57P";
    private static final String CANCELLED = "57014";
    private static final String ROLLED_BACK = "40";
    private static final String CORRUPT = "XX00";
    private static final String OUT_OF_RESOURCES = "53";
    private static final String FULL_DISK = "53100";

    private final FailureCode whenCutOff;

    Failures(FailureCode whenCutOff) {
        this.whenCutOff = whenCutOff;
    }

    StorageFailure of(SQLException e) {
        var state = e.getSQLState() == null ? "" : e.getSQLState().toUpperCase(Locale.ROOT);
        var message = "postgresql: " + (state.isEmpty() ? "no state" : state);
        // Only an answer from the server tells that the statement failed and was undone. These states do not: the
        // driver
        // makes the first up, and a server that shuts down may have committed before it said so.
        if (state.isEmpty() || state.startsWith(CONNECTION) || state.startsWith(SHUTDOWN)) {
            return new StorageFailure.Unavailable(whenCutOff, message, e);
        }
        if (state.startsWith(CORRUPT)) {
            return new StorageFailure.Corrupt(message + " " + e.getMessage());
        }
        if (state.equals(FULL_DISK)) {
            return new StorageFailure.Unavailable(FailureCode.FULL, message, e);
        }
        var busy = state.equals(CANCELLED) || state.startsWith(ROLLED_BACK) || state.startsWith(OUT_OF_RESOURCES);
        return new StorageFailure.Unavailable(busy ? FailureCode.OVERLOADED : FailureCode.UNAVAILABLE, message, e);
    }
}
