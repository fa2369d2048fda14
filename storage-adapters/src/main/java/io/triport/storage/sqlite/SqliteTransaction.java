package io.triport.storage.sqlite;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KvVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The open transaction of the writer, with what must happen to blob files when it ends. Used by the writer's thread alone. */
final class SqliteTransaction {
    /*
     * Members. Each member of a group runs between a savepoint and its release, so that one that fails takes nothing of the
     * others with it. After some errors (disk full, I/O) SQLite has rolled everything back by itself, savepoints included;
     * a statement would then commit alone. Such a transaction is broken: it does nothing more.
     *
     * Blobs. A file is there before its row and goes after its row. So a file that was written stays on commit, and one that
     * a row no longer names goes on commit; a member that was undone wants the opposite of both.
     */
    private final SqliteSession session;
    private final List<String> written = new ArrayList<>();
    private final List<String> unnamed = new ArrayList<>();
    private final List<String> undone = new ArrayList<>();
    private final SqliteTotals totals = new SqliteTotals();
    private long version = -1;
    private @Nullable StorageFailure broken;

    SqliteTransaction(SqliteSession session) {
        this.session = session;
    }

    SqliteSession session() {
        requireWhole();
        return session;
    }

    boolean whole() {
        return broken == null;
    }

    /** Runs the work so that all of it takes effect, or nothing when it throws. */
    <R> R member(Function<SqliteTransaction, R> work) {
        requireWhole();
        var writtenBefore = written.size();
        var unnamedBefore = unnamed.size();
        var totalsBefore = totals.mark();
        session.change("savepoint member");
        try {
            var result = work.apply(this);
            requireWhole();
            session.change("release member");
            return result;
        } catch (RuntimeException | Error e) {
            undo(e);
            undone.addAll(written.subList(writtenBefore, written.size()));
            written.subList(writtenBefore, written.size()).clear();
            unnamed.subList(unnamedBefore, unnamed.size()).clear();
            totals.backTo(totalsBefore);
            throw e;
        }
    }

    /** A number greater than all before. The counter is stored once per transaction, by {@link #settle}. */
    KvVersion nextVersion() {
        if (version < 0) {
            version = session()
                    .first("select value from counter where name = 'version'", row -> row.getLong(1))
                    .orElseThrow();
        }
        version++;
        return new KvVersion(version);
    }

    void total(SqliteTotals.Change change) {
        totals.add(change);
    }

    /** For statements of this transaction that read totals. */
    void writeTotals() {
        totals.write(session());
    }

    void blobWritten(String blob) {
        written.add(blob);
    }

    void blobUnnamed(String blob) {
        unnamed.add(blob);
    }

    /** The last statements before the commit. */
    void settle() {
        writeTotals();
        if (version >= 0) {
            session.change("update counter set value = ? where name = 'version'", version);
        }
    }

    /** Files that rows name once it has committed. */
    List<String> blobsWritten() {
        return List.copyOf(written);
    }

    List<String> blobsToRemoveAfterCommit() {
        var gone = new ArrayList<>(unnamed);
        gone.addAll(undone);
        return gone;
    }

    List<String> blobsToRemoveAfterRollback() {
        var gone = new ArrayList<>(written);
        gone.addAll(undone);
        return gone;
    }

    private void undo(Throwable cause) {
        if (broken != null) {
            return;
        }
        try {
            session.change("rollback to member");
            session.change("release member");
        } catch (StorageFailure e) {
            broken = cause instanceof StorageFailure first ? first : e;
        }
    }

    private void requireWhole() {
        if (broken != null) {
            throw broken;
        }
    }
}
