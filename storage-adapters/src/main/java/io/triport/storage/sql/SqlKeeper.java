package io.triport.storage.sql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.IntConsumer;

/** Keeps the earlier states of a database while it is written. Used by whoever may write, one at a time. */
final class SqlKeeper implements AutoCloseable {
    /*
     * What was committed is moved from the log of SQLite into its file after a commit that finds the log long, before the next one;
     * by hand, so that an error is seen. Before, it is taken into the log of earlier states and that is on the disk, while a transaction
     * keeps other processes from writing: what SQLite has not moved it does not write over, so nothing is lost between the two. When
     * earlier states cannot be kept, moving waits, until the log of SQLite is as long as it may be.
     */
    private static final long LONG_BYTES = 4L * 1024 * 1024;
    private static final long LONGEST_BYTES = 64L * 1024 * 1024;

    private final SqlConnector connector;
    private final SqlConnection writer;
    private final SqlMeans means;
    private final SqlPast past;
    private long longAgain = LONG_BYTES;

    /** Takes the present state as the first, where none is kept. */
    SqlKeeper(SqlConnector connector, SqlConnection writer, SqlMeans means) {
        this.connector = connector;
        this.writer = writer;
        this.means = means;
        this.past = new SqlPast(connector, means);
        try {
            if (past.empty()) {
                alone(past::take);
            }
        } catch (SQLException e) {
            throw SqlErrors.ours(e);
        } catch (IOException e) {
            throw unkept(FailureCode.UNAVAILABLE, e);
        }
    }

    /** The numbers of states. */
    record Replaced(long before, long after) {}

    /** What is done to earlier states. */
    private interface Work<R> {
        R with(long number) throws SQLException, IOException;
    }

    /** The earlier states, with all that was committed before. */
    SqlPast past() {
        number();
        return past;
    }

    /** Takes what was committed into the log of earlier states, and returns when it is on the disk. */
    SqlPast.Kept keep() throws SQLException, IOException {
        return alone(past::keep);
    }

    /** Lets the earlier states begin anew. @param least the place in their log that this has at least */
    SqlPast.Kept renew(int least) throws SQLException, IOException {
        return alone(number -> past.renew(number, least));
    }

    /** The earlier states as they are. */
    SqlPast states() {
        return past;
    }

    /** Moves what is in a long log of SQLite into the database. @param copier makes a copy of the database aside, for a place in the log */
    void shorten(IntConsumer copier) throws SQLException {
        try {
            var size = Files.size(connector.log());
            if (size >= longAgain && moved(size)) {
                past.tidy();
                past.due().ifPresent(copier::accept);
            }
        } catch (IOException | StorageFailure e) {
            SqlFiles.LOG.warn("sql log not looked after, which is tried again: file={}", connector.file(), e);
        }
    }

    /** Makes the database what is in a file, as a change of it. */
    Replaced replace(Path other) throws SQLException {
        var before = number();
        var after = ChangeNumber.next(before, means.clock().instant());
        try {
            PastBase.renumber(other, after);
            means.watch().after(PastStep.NUMBERED);
            writer.become(other);
            means.watch().after(PastStep.RESTORED);
            var taken = alone(past::take);
            var place = taken.indexOf(after);
            if (place < 0) {
                throw new StorageFailure.Unavailable(
                        FailureCode.OUTCOME_UNKNOWN, "sql: others wrote while the database was to be restored");
            }
            // Another process may have written after we looked: then that is the state before.
            var undo = place == 0 ? before : taken.get(place - 1);
            return new Replaced(undo, undo < after ? after : counted());
        } catch (IOException e) {
            throw unkept(FailureCode.OUTCOME_UNKNOWN, e);
        }
    }

    /** The last connection of all moves what is in the log of SQLite by itself, so it is the last moment to take that. */
    @Override
    public void close() {
        try {
            alone(number -> kept());
        } catch (SQLException | IOException e) {
            SqlFiles.LOG.warn("sql history not kept at the end: file={}", connector.file(), e);
        }
        past.close();
    }

    /** Of the state as it is, which is taken. Nothing has happened when it throws. */
    private long number() {
        try {
            return alone(number -> {
                past.take(number);
                return number;
            });
        } catch (SQLException e) {
            throw SqlErrors.ours(e);
        } catch (IOException e) {
            throw unkept(FailureCode.UNAVAILABLE, e);
        }
    }

    /** One more change, whose number is behind all others. */
    private long counted() throws SQLException {
        writer.change("begin immediate");
        try {
            writer.countChange(means.clock().instant());
            writer.change("commit");
            return writer.changes();
        } catch (SQLException e) {
            writer.rollBack();
            throw e;
        }
    }

    /** Keeps other processes from writing meanwhile. */
    private <R> R alone(Work<R> work) throws SQLException, IOException {
        writer.change("begin immediate");
        try {
            return work.with(writer.changes());
        } finally {
            writer.rollBack();
        }
    }

    /** Whether earlier states are kept. */
    private boolean moved(long size) throws SQLException, IOException {
        try (var mover = connector.writer()) {
            return alone(number -> {
                var kept = kept();
                var moving = kept || size >= LONGEST_BYTES;
                longAgain = moving ? LONG_BYTES : size + LONG_BYTES;
                if (moving) {
                    mover.number("pragma wal_checkpoint(passive)");
                    means.watch().after(PastStep.MOVED);
                }
                return kept;
            });
        }
    }

    /** Whether all that was committed is in the log of earlier states, and that is on the disk. In a transaction. */
    private boolean kept() throws SQLException {
        try {
            past.take(writer.changes());
            past.force();
            return true;
        } catch (IOException | StorageFailure e) {
            SqlFiles.LOG.warn("sql history not kept, which is tried again: file={}", connector.file(), e);
            return false;
        }
    }

    private static StorageFailure unkept(FailureCode code, IOException e) {
        return new StorageFailure.Unavailable(code, "sql: the history failed", e);
    }
}
