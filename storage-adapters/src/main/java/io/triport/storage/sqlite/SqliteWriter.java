package io.triport.storage.sqlite;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The one thread that writes. Safe for many callers. */
final class SqliteWriter implements AutoCloseable {
    /*
     * Group commit. While a commit waits for the disk, other writes queue up; the next transaction takes all of them, so that
     * one fsync serves many callers. Nobody waits for company: a write that finds the writer idle is committed alone. Answers
     * are told after the commit, refusals too, since they may rest on what another member of the group has written.
     *
     * When there was no room for a group, each of its members is done again, by itself and in its turn: a write that makes room is
     * not refused because of a neighbour that takes some. Until then their files stay, since a value is written to its file before
     * its write waits here.
     *
     * A platform thread, because SQLite blocks in native code, which would hold the carrier of a virtual one.
     *
     * Failure. A write that fails by itself because the disk is full is rolled back, and later ones are tried as before. One
     * that fails in a way that leaves open what is on the disk is the last: no write is acknowledged until a restart has
     * recovered the file. An fsync must not be repeated, because the kernel may already have dropped what it could not write.
     */
    private static final int MOST_WAITING = 4_096;
    private static final int MOST_MEMBERS = 256;

    private final SqliteSession session;
    private final Consumer<String> removeFile;
    private final Commit commit;
    private final Consumer<Runnable> turn;
    private final SqliteCheckpoints checkpoints;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Guarded by the lock, as is what follows. */
    private final Queue<SqliteWrite<?>> waiting = new ArrayDeque<>();

    private boolean closing;
    private @Nullable Throwable stopped;

    /** Ends the transaction; a seam for tests of what happens when that fails. */
    interface Commit {
        Commit REAL = session -> session.change("commit");

        void run(SqliteSession session);
    }

    /** @param removeFile takes away a file that no row names */
    SqliteWriter(SqliteFile file, Consumer<String> removeFile, Commit commit) {
        this(file, removeFile, commit, Runnable::run);
    }

    /** @param turn runs what begins a transaction when it is this process's turn */
    SqliteWriter(SqliteFile file, Consumer<String> removeFile, Commit commit, Consumer<Runnable> turn) {
        this.turn = turn;
        this.session = file.writer();
        this.removeFile = removeFile;
        this.commit = commit;
        this.checkpoints = new SqliteCheckpoints(file.writer(), this::notCheckpointed);
        this.thread = Thread.ofPlatform().name("sqlite-writer").daemon().start(this::writeUntilClosed);
    }

    <R> R write(Function<SqliteTransaction, R> work, SqliteWrite.Patience patience) {
        if (Thread.currentThread().threadId() == thread.threadId()) {
            throw new IllegalStateException("write: from within a unit (expected: on the stores of the unit)");
        }
        var write = new SqliteWrite<>(work);
        lock.lock();
        try {
            requireRunning();
            waiting.add(write);
            changed.signal();
        } finally {
            lock.unlock();
        }
        return write.await(patience);
    }

    /** Writes that no transaction has taken yet. */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Ends after the writes that wait now. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        checkpoints.close();
        session.close();
    }

    private void requireRunning() {
        if (stopped != null) {
            throw new StorageFailure.Unavailable(
                    FailureCode.UNAVAILABLE, "sqlite: stopped after a failed commit, until a restart", stopped);
        }
        if (closing) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "sqlite: closed");
        }
        if (waiting.size() >= MOST_WAITING) {
            throw new StorageFailure.Unavailable(FailureCode.OVERLOADED, "sqlite: too many writes wait");
        }
    }

    private void writeUntilClosed() {
        try {
            for (var group = nextGroup(); !group.isEmpty(); group = nextGroup()) {
                while (!group.isEmpty()) {
                    commitTogether(group);
                }
            }
        } finally {
            stop(new IllegalStateException("the writer has ended"));
        }
    }

    /** Waits for writes; none when the writer is to end. */
    private Deque<SqliteWrite<?>> nextGroup() {
        var group = new ArrayDeque<SqliteWrite<?>>();
        lock.lock();
        try {
            while (waiting.isEmpty() && !closing) {
                changed.awaitUninterruptibly();
            }
            while (!waiting.isEmpty() && group.size() < MOST_MEMBERS) {
                group.add(waiting.remove());
            }
            return group;
        } finally {
            lock.unlock();
        }
    }

    /** Takes from the group what becomes of one transaction; all of it unless the transaction breaks in the middle. */
    private void commitTogether(Deque<SqliteWrite<?>> group) {
        var members = new ArrayList<SqliteWrite<?>>();
        var transaction = new SqliteTransaction(session);
        try {
            begin();
            while (!group.isEmpty() && transaction.whole()) {
                runIfWanted(group.remove(), transaction, members);
            }
            transaction.settle();
        } catch (StorageFailure e) {
            rolledBack(members.isEmpty() ? drained(group) : members, transaction, e);
            return;
        }
        commit(members, transaction);
    }

    private void begin() {
        var why = stopped();
        if (why != null) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "sqlite: stopped", why);
        }
        turn.accept(() -> session.change("begin immediate"));
    }

    private @Nullable Throwable stopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    private static void runIfWanted(SqliteWrite<?> write, SqliteTransaction transaction, List<SqliteWrite<?>> members) {
        if (write.begin()) {
            members.add(write);
            write.run(transaction);
        }
    }

    /** @return the files that rows of the transaction name now; none when it came to nothing */
    private List<String> commit(List<SqliteWrite<?>> members, SqliteTransaction transaction) {
        try {
            commit.run(session);
        } catch (StorageFailure e) {
            notCommitted(members, transaction, e);
            return List.of();
        }
        transaction.blobsToRemoveAfterCommit().forEach(removeFile);
        members.forEach(SqliteWrite::answer);
        checkpoints.committed(members.size(), session);
        return transaction.blobsWritten();
    }

    private void rolledBack(List<SqliteWrite<?>> members, SqliteTransaction transaction, StorageFailure cause) {
        rollBack();
        if (SqliteFailures.isFinal(cause)) {
            stop(cause);
        }
        var files = transaction.blobsToRemoveAfterRollback();
        if (members.size() > 1 && SqliteFailures.isFull(cause)) {
            oneByOne(members, files);
        } else {
            files.forEach(removeFile);
            members.forEach(write -> write.fail(cause));
        }
    }

    /** @param files that their first run has left, of which some are needed again */
    private void oneByOne(List<SqliteWrite<?>> members, List<String> files) {
        var left = new LinkedHashSet<>(files);
        members.forEach(write -> left.removeAll(again(write)));
        if (stopped() == null) {
            // Else recovery has to judge which of them rows name.
            left.forEach(removeFile);
        }
    }

    /** @return the files that its rows name now; none when it came to nothing */
    private List<String> again(SqliteWrite<?> write) {
        var alone = List.<SqliteWrite<?>>of(write);
        var transaction = new SqliteTransaction(session);
        try {
            begin();
            write.run(transaction);
            transaction.settle();
        } catch (StorageFailure e) {
            rolledBack(alone, transaction, e);
            return List.of();
        }
        return commit(alone, transaction);
    }

    private void notCommitted(List<SqliteWrite<?>> members, SqliteTransaction transaction, StorageFailure cause) {
        if (!SqliteFailures.isFinal(cause)) {
            rolledBack(members, transaction, cause);
            return;
        }
        // The files stay: recovery may find that the rows which name them were committed.
        stop(cause);
        rollBack();
        members.forEach(write -> write.fail(SqliteFailures.outcomeUnknown(cause)));
    }

    private void notCheckpointed(StorageFailure cause) {
        if (SqliteFailures.isFinal(cause)) {
            stop(cause);
        } else {
            Sqlite.LOG.warn("sqlite log not moved into its file, which is tried again", cause);
        }
    }

    private void rollBack() {
        try {
            session.change("rollback");
        } catch (StorageFailure e) {
            Sqlite.LOG.debug("nothing to roll back", e);
        }
    }

    private void stop(Throwable cause) {
        lock.lock();
        try {
            if (stopped == null && !closing) {
                stopped = cause;
                Sqlite.LOG.error("sqlite stopped: no write is acknowledged until a restart", cause);
            }
            waiting.forEach(write ->
                    write.fail(new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "sqlite: stopped", cause)));
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }

    private static List<SqliteWrite<?>> drained(Deque<SqliteWrite<?>> group) {
        var all = new ArrayList<>(group);
        group.clear();
        return all;
    }
}
