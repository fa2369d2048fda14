package io.triport.storage.sql;

import io.triport.domain.durable.ObjectSql;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlMeta;
import io.triport.domain.sql.SqlResult;
import io.triport.domain.sql.SqlScript;
import io.triport.storage.durable.PageChanges;
import io.triport.storage.durable.ScratchDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A file that an object's database is worked on in. For one thread at a time. */
final class SqlScratch implements ScratchDatabase {
    /*
     * The pages of a commit
     *
     * SQLite writes them to its log, and they are read from there, behind those that were kept before. The log is moved into the
     * file by hand, when all that is in it is kept and it is long, so nothing is ever moved that was not read.
     *
     * A transaction that ends by itself
     *
     * Each call has a savepoint, so one that fails takes nothing with it. Where the savepoint is no more, the statement has ended
     * the transaction, and with it what the event had written before: nothing of that event may be committed then.
     */
    private static final int LONG_FRAMES = 1_024;
    private static final int MOST_PAGES = ObjectSql.MOST_BYTES_OF_COMMIT / WalFile.PAGE_BYTES;
    private static final List<String> ENDINGS = List.of("", "-wal", "-shm", "-journal");

    private final SqlScratches all;
    private final SqlConnector connector;
    private final SqlConnection connection;
    private final Semaphore using = new Semaphore(1);
    private Phase phase = Phase.REST;
    private boolean writing;
    private boolean readOnly;
    private int marks;
    /** What has ended the transaction, or left open what there is of it. */
    private @Nullable StorageFailure broken;

    /** Work goes on that nobody waits for any more. */
    private @Nullable StorageFailure left;
    /** Of the kept state, as are the frames. */
    private int pages;

    private int frames;
    /** Of the last commit. */
    private int pagesAfter;

    private int framesAfter;

    private enum Phase {
        REST,
        BEGUN,
        /** Committed here, and not kept yet. */
        AHEAD,
        CLOSED
    }

    /** @param pages that the file has */
    SqlScratch(SqlScratches all, SqlConnector connector, SqlConnection connection, int pages) {
        this.all = all;
        this.connector = connector;
        this.connection = connection;
        this.pages = pages;
    }

    /** Work on the connection, on a thread of its own. */
    private interface Work<R> {
        R on(SqlDeadline deadline) throws SQLException, IOException;
    }

    @Override
    public SqlResult query(Sql statement, SqlAccess access) {
        return execute(SqlCall.of(List.of(statement), all.limits()), access).getFirst();
    }

    @Override
    public SqlMeta run(SqlScript script, SqlAccess access) {
        return SqlCall.together(execute(SqlCall.of(script, all.limits()), access));
    }

    @Override
    public ByteSize size() {
        requireWhole();
        return run(deadline -> connection.size());
    }

    @Override
    public int mark() {
        requireWhole();
        if (phase == Phase.REST) {
            return 0;
        }
        var mark = marks + 1;
        run(deadline -> change("savepoint mark" + mark));
        marks = mark;
        return mark;
    }

    @Override
    public void keep(int mark) {
        if (there(mark) && broken == null) {
            run(deadline -> change("release mark" + mark));
            marks = mark - 1;
        }
    }

    @Override
    public void backTo(int mark) {
        if (!there(mark)) {
            rollBack();
        } else if (broken == null) {
            run(deadline -> change("rollback to mark" + mark) && change("release mark" + mark));
            marks = mark - 1;
        }
    }

    @Override
    public PageChanges commit() {
        requireWhole();
        return phase == Phase.REST ? PageChanges.NONE : run(deadline -> writing ? committed() : ended());
    }

    @Override
    public void kept() {
        if (phase != Phase.AHEAD) {
            return;
        }
        phase = Phase.REST;
        pages = pagesAfter;
        frames = framesAfter;
        if (frames >= LONG_FRAMES) {
            run(deadline -> moved());
            frames = 0;
        }
    }

    @Override
    public boolean rollBack() {
        if (left != null) {
            return false;
        }
        if (phase == Phase.BEGUN) {
            try {
                run(deadline -> ended());
            } catch (StorageFailure e) {
                SqlFiles.LOG.debug("sql not rolled back", e);
                return false;
            }
        }
        return phase == Phase.REST;
    }

    @Override
    public void close() {
        using.acquireUninterruptibly();
        try {
            if (phase != Phase.CLOSED) {
                phase = Phase.CLOSED;
                broken = new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "sql: closed");
                connection.withoutDeadline();
                connection.rollBack();
                connection.close();
            }
        } catch (StorageFailure e) {
            SqlFiles.LOG.warn("sql file={} not closed", connector.file(), e);
        } finally {
            delete(connector);
            all.closed(this);
            using.release();
        }
    }

    static void delete(SqlConnector connector) {
        var file = connector.file();
        for (var ending : ENDINGS) {
            try {
                Files.deleteIfExists(file.resolveSibling(file.getFileName() + ending));
            } catch (IOException e) {
                SqlFiles.LOG.warn("sql file={}{} not deleted", file, ending, e);
            }
        }
    }

    private List<SqlResult> execute(SqlCall call, SqlAccess access) {
        requireWhole();
        return run(deadline -> {
            begin(access);
            connection.change("savepoint call");
            try {
                connection.within(deadline);
                var results = done(call, deadline, access);
                connection.withoutDeadline();
                connection.change("release call");
                return results;
            } catch (StorageFailure e) {
                connection.withoutDeadline();
                undo(e);
                throw e;
            }
        });
    }

    /** What looks as if it only read is tried as that, so that an event which only reads has nothing to commit. */
    private List<SqlResult> done(SqlCall call, SqlDeadline deadline, SqlAccess access) {
        if (access == SqlAccess.READ || call.looksReading()) {
            try {
                return call.on(connection, deadline, SqlAccess.READ);
            } catch (SqlCall.Writes e) {
                if (access == SqlAccess.READ) {
                    throw e.denied();
                }
            }
        }
        writing = true;
        return call.on(connection, deadline, SqlAccess.WRITE);
    }

    private void undo(StorageFailure why) {
        try {
            connection.change("rollback to call");
            connection.change("release call");
        } catch (SQLException e) {
            broken = why;
        }
    }

    private void begin(SqlAccess access) throws SQLException {
        if (phase == Phase.BEGUN) {
            return;
        }
        if (readOnly != (access == SqlAccess.READ)) {
            // The judge keeps reads from writing; this is for what it would have overlooked.
            readOnly = access == SqlAccess.READ;
            connection.change("pragma query_only = " + (readOnly ? 1 : 0));
        }
        connection.change("begin");
        phase = Phase.BEGUN;
    }

    /** The transaction goes, with what it has done. */
    private PageChanges ended() {
        connection.withoutDeadline();
        connection.rollBack();
        rest(Phase.REST);
        return PageChanges.NONE;
    }

    private boolean moved() throws SQLException, IOException {
        if (connection.number("pragma wal_checkpoint(truncate)") != 0) {
            throw new IOException("log: not moved");
        }
        return true;
    }

    private PageChanges committed() throws SQLException, IOException {
        try {
            connection.change("commit");
        } catch (SQLException e) {
            var failure = SqlErrors.of(e);
            if (failure.code() != FailureCode.CONFLICT) {
                broken = failure;
            }
            throw failure;
        }
        rest(Phase.AHEAD);
        var changes = changes();
        if (changes.none()) {
            phase = Phase.REST;
        }
        return changes;
    }

    private void rest(Phase next) {
        phase = next;
        writing = false;
        marks = 0;
        broken = null;
    }

    /** What is in the log behind what was kept. */
    private PageChanges changes() throws IOException {
        try (var log = WalFile.open(connector.log())) {
            var commits = log == null ? List.<WalFile.Change>of() : log.after(frames, 0);
            if (log == null || commits.isEmpty()) {
                return PageChanges.NONE;
            }
            var last = commits.getLast();
            var places = new TreeMap<Integer, Integer>();
            for (var frame = frames + 1; frame <= last.last(); frame++) {
                places.put(log.page(frame), frame);
                requireFew(places.size());
            }
            var written = new TreeMap<Integer, Bytes>();
            for (var place : places.entrySet()) {
                written.put(log.page(place.getValue()), Bytes.copyOf(log.bytes()));
            }
            if (pages == 0 && !written.containsKey(1)) {
                throw new IOException("log: the first page is not there");
            }
            pagesAfter = last.pages();
            framesAfter = last.last();
            return new PageChanges(pages, pagesAfter, written);
        }
    }

    private static void requireFew(int changed) {
        if (changed > MOST_PAGES) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.TOO_LARGE,
                    "sql: the commit changes more than " + MOST_PAGES + " pages of " + WalFile.PAGE_BYTES + " bytes");
        }
    }

    private boolean there(int mark) {
        return phase == Phase.BEGUN && mark > 0 && mark <= marks;
    }

    private boolean change(String sql) throws SQLException {
        connection.change(sql);
        return true;
    }

    private <R> R run(Work<R> work) {
        try {
            return all.threads().run(using, deadline(), SqlThreads.Effect.READS, deadline -> {
                try {
                    return work.on(deadline);
                } catch (SQLException e) {
                    throw broken(SqlErrors.ours(e));
                } catch (IOException e) {
                    throw broken(new StorageFailure.Unavailable(
                            FailureCode.UNAVAILABLE, "sql: the log of an object's database failed", e));
                } catch (StorageFailure e) {
                    throw phase == Phase.AHEAD ? broken(e) : e;
                } catch (RuntimeException | Error e) {
                    broken = new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "sql: failed", e);
                    throw e;
                }
            });
        } catch (StorageFailure e) {
            if (Thread.currentThread().isInterrupted()) {
                left = e;
            }
            throw e;
        }
    }

    private StorageFailure broken(StorageFailure why) {
        broken = why;
        return why;
    }

    private SqlDeadline deadline() {
        return all.threads().deadline(all.limits().call());
    }

    private void requireWhole() {
        var failure = left == null ? broken : left;
        if (failure != null) {
            throw failure;
        }
        if (phase == Phase.AHEAD) {
            throw new IllegalStateException("database: used before its commit was kept");
        }
    }
}
