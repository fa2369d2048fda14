package io.triport.storage.postgresql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.time.Ticker;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a server that may be starting as well. */
final class FirstAnswer {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final String SCHEME = "jdbc:postgresql:";

    private FirstAnswer() {}

    /** @throws StorageFailure.Unavailable when there was none in time, or it will never be another one */
    static void await(PostgreSqlSettings settings, Ticker ticker) {
        var until = ticker.nanos() + settings.bounds().start().toNanos();
        for (var asked = ask(settings); asked != null; asked = ask(settings)) {
            if (!mayChange(asked)
                    || ticker.nanos() - until >= 0
                    || Thread.currentThread().isInterrupted()) {
                throw none(settings, asked);
            }
            LOG.warn("postgresql does not answer, which is waited for cause=\"{}\"", reason(asked));
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static @Nullable SQLException ask(PostgreSqlSettings settings) {
        try (var connection = settings.dataSource().getConnection()) {
            LOG.debug("postgresql answers connection={}", connection.isValid(0));
            return null;
        } catch (SQLException e) {
            return e;
        }
    }

    /** No way to it, or it is starting, stopping or full; that it knows no such user or database stays so. */
    private static boolean mayChange(SQLException e) {
        var state = e.getSQLState();
        return state == null || state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
    }

    private static StorageFailure none(PostgreSqlSettings settings, SQLException e) {
        var where = settings.url().substring(SCHEME.length()).replaceFirst("\\?.*", "");
        return new StorageFailure.Unavailable(
                FailureCode.UNAVAILABLE,
                "triport.storage: " + where + ": " + reason(e) + " (expected: a PostgreSQL that lets " + settings.user()
                        + " in, within " + settings.bounds().start().toSeconds() + " s)",
                e);
    }

    private static String reason(SQLException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        var message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return message.lines().findFirst().orElse("no message");
    }
}
