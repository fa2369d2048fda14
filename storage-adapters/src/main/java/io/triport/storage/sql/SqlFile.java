package io.triport.storage.sql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The file of one database: the connection that writes, and those that read. Safe for many threads. */
final class SqlFile implements AutoCloseable {
    /*
     * One transaction writes at a time, alone: a statement of users may last for seconds and may roll back the transaction that it is
     * in, so that others cannot share it.
     *
     * After an error that leaves open what is on the disk nothing is written any more before a
     * restart has recovered the file: an fsync must not be repeated, because the kernel may already have dropped what it could not
     * write.
     */
    private static final int READERS = 8;

    private final SqlConnector connector;
    private final SqlThreads threads;
    private final SqlMeans means;
    private final Path directory;
    private final SqlConnection writer;
    private final SqlKeeper keeper;
    private final Semaphore writing = new Semaphore(1);
    private final Semaphore reading = new Semaphore(READERS);
    private final Deque<SqlConnection> idle = new ConcurrentLinkedDeque<>();
    private final AtomicBoolean copying = new AtomicBoolean();
    private volatile boolean closed;
    private volatile @Nullable SQLException broken;

    /** @param directory for files of archives */
    SqlFile(Path directory, SqlConnector connector, SqlMeans means) {
        this.connector = connector;
        this.threads = means.threads();
        this.means = means;
        this.directory = directory;
        this.writer = connector.writer();
        try {
            this.keeper = new SqlKeeper(connector, writer, means);
        } catch (StorageFailure e) {
            writer.close();
            throw e;
        }
    }

    /** Ends a transaction; a seam for tests of what happens when that fails. */
    interface Commit {
        Commit REAL = connection -> connection.change("commit");

        void run(SqlConnection connection) throws SQLException;
    }

    /** Work on a connection. */
    interface Work<R> {
        R on(SqlConnection connection) throws SQLException;
    }

    /** What is done to earlier states. */
    interface Keeping {
        SqlPast.Kept by(SqlKeeper keeper) throws SQLException, IOException;
    }

    /** Sees one state of the database, which has every answered write. */
    <R> R read(SqlDeadline deadline, Work<R> work) {
        return threads.run(reading, deadline, SqlThreads.Effect.READS, running -> {
            requireOpen();
            var free = idle.pollFirst();
            var connection = free == null ? connector.reader() : free;
            try {
                return inTransaction("begin", connection, running, work, Commit.REAL);
            } finally {
                idle.addFirst(connection);
            }
        });
    }

    /** Changes the database, or does not when it throws. */
    <R> R write(SqlDeadline deadline, Work<R> work) {
        return threads.run(writing, deadline, SqlThreads.Effect.CHANGES, running -> {
            requireWhole();
            var answer = inTransaction("begin immediate", writer, running, work, means.commit());
            shortenLog();
            return answer;
        });
    }

    /**
     * The same with longer statements, on a connection of its own: an import puts rows below virtual tables, which the connection that
     * writes may know otherwise by heart.
     */
    <R> R load(SqlDeadline deadline, int statementBytes, Work<R> work) {
        return threads.run(writing, deadline, SqlThreads.Effect.CHANGES, running -> {
            requireWhole();
            try (var loader = connector.loader(statementBytes)) {
                var answer = inTransaction("begin immediate", loader, running, work, means.commit());
                shortenLog();
                return answer;
            }
        });
    }

    Path directory() {
        return directory;
    }

    /** The earlier states, with all that was committed before. */
    SqlPast past(SqlDeadline deadline) {
        return threads.run(writing, deadline, SqlThreads.Effect.READS, running -> {
            requireWhole();
            return keeper.past();
        });
    }

    /** The earlier states as they are, which may be read while others change them. */
    SqlPast states() {
        return keeper.states();
    }

    /** Does something to the earlier states while nobody writes. */
    SqlPast.Kept kept(SqlDeadline deadline, Keeping work) {
        return threads.run(writing, deadline, SqlThreads.Effect.READS, running -> {
            requireWhole();
            try {
                return work.by(keeper);
            } catch (SQLException e) {
                throw SqlErrors.ours(e);
            } catch (IOException e) {
                throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "sql: the history failed", e);
            }
        });
    }

    /** Makes the database what is in a file, as a change of it. @param other a whole database, one of this one's earlier states */
    SqlKeeper.Replaced replace(Path other, SqlDeadline deadline) {
        return threads.run(writing, deadline, SqlThreads.Effect.CHANGES, running -> {
            requireWhole();
            try {
                var replaced = keeper.replace(other);
                shortenLog();
                return replaced;
            } catch (SQLException e) {
                if (SqlErrors.isFinal(e)) {
                    stop(e);
                }
                throw new StorageFailure.Unavailable(FailureCode.OUTCOME_UNKNOWN, "sql: restoring failed", e);
            }
        });
    }

    /** Ends after what runs now. */
    @Override
    public void close() {
        closed = true;
        writing.acquireUninterruptibly();
        reading.acquireUninterruptibly(READERS);
        keeper.close();
        idle.forEach(SqlConnection::close);
        writer.close();
        reading.release(READERS);
        writing.release();
    }

    private <R> R inTransaction(
            String begin, SqlConnection connection, SqlDeadline deadline, Work<R> work, Commit end) {
        try {
            connection.change(begin);
        } catch (SQLException e) {
            throw SqlErrors.ours(e);
        }
        var ended = false;
        try {
            connection.within(deadline);
            var answer = work.on(connection);
            connection.withoutDeadline();
            commit(connection, end);
            ended = true;
            return answer;
        } catch (SQLException e) {
            throw SqlErrors.of(e);
        } finally {
            connection.withoutDeadline();
            if (!ended) {
                connection.rollBack();
            }
        }
    }

    private void commit(SqlConnection connection, Commit end) throws SQLException {
        try {
            end.run(connection);
        } catch (SQLException e) {
            if (SqlErrors.isFinal(e)) {
                stop(e);
                throw new StorageFailure.Unavailable(FailureCode.OUTCOME_UNKNOWN, "sql: the commit failed", e);
            }
            throw e;
        }
    }

    private void shortenLog() {
        try {
            keeper.shorten(this::copyAside);
        } catch (SQLException e) {
            if (SqlErrors.isFinal(e)) {
                stop(e);
            }
            SqlFiles.LOG.warn("sql log not moved into its file, which is tried again", e);
        }
    }

    private void copyAside(int start) {
        if (!copying.compareAndSet(false, true)) {
            return;
        }
        var running = threads.aside(reading, () -> {
            try {
                PastBase.copied(connector, start);
            } catch (IOException | StorageFailure e) {
                SqlFiles.LOG.warn("sql history: file={} not copied, which is tried again", connector.file(), e);
            } finally {
                copying.set(false);
            }
        });
        if (!running) {
            copying.set(false);
        }
    }

    private void stop(SQLException cause) {
        broken = cause;
        SqlFiles.LOG.error("sql stopped: no write to file={} is acknowledged until a restart", connector.file(), cause);
    }

    private void requireWhole() {
        requireOpen();
        var cause = broken;
        if (cause != null) {
            throw new StorageFailure.Unavailable(
                    FailureCode.UNAVAILABLE, "sql: stopped after a failed commit, until a restart", cause);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new StorageFailure.Rejected(FailureCode.NOT_FOUND, "database: closed or dropped");
        }
    }
}
