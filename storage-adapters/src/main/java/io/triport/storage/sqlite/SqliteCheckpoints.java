package io.triport.storage.sqlite;

import io.triport.domain.failure.StorageFailure;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Moves what was committed from the log of SQLite into its file, on a thread of its own. */
final class SqliteCheckpoints implements AutoCloseable {
    /*
     * Left to itself, SQLite does this within the commit that finds the log long: all writers wait for many scattered pages
     * and an fsync, and an error of that fsync is swallowed, so that the next one lies. Here writers go on meanwhile, and an
     * error stops them.
     *
     * A log can only start anew when everything in it was moved, which never happens while writers go on. So when it has
     * become long, the writer itself moves the rest, which is little by then.
     */
    private static final int WRITES_BETWEEN = 250;
    private static final long LONG_LOG_PAGES = 8_000;
    private static final String MOVE = "pragma wal_checkpoint(passive)";

    private final SqliteSession session;
    private final Consumer<StorageFailure> failed;
    private final Semaphore wanted = new Semaphore(0);
    private final Thread thread;
    private int writes;
    private volatile boolean tooLong;
    private volatile boolean closing;

    SqliteCheckpoints(SqliteSession session, Consumer<StorageFailure> failed) {
        this.session = session;
        this.failed = failed;
        this.thread = Thread.ofPlatform().name("sqlite-checkpoints").daemon().start(this::moveUntilClosed);
    }

    /** Called by the writer's thread after every commit. */
    void committed(int members, SqliteSession writing) {
        writes += members;
        if (writes >= WRITES_BETWEEN) {
            writes = 0;
            wanted.release();
        }
        if (tooLong) {
            tooLong = false;
            move(writing);
        }
    }

    @Override
    public void close() {
        closing = true;
        wanted.release();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        session.close();
    }

    private void moveUntilClosed() {
        while (!closing) {
            wanted.acquireUninterruptibly();
            wanted.drainPermits();
            tooLong = move(session) > LONG_LOG_PAGES;
        }
    }

    /** @return how many pages the log has */
    private long move(SqliteSession by) {
        try {
            return by.first(MOVE, row -> row.getLong(2)).orElse(0L);
        } catch (StorageFailure e) {
            failed.accept(e);
            return 0;
        }
    }
}
