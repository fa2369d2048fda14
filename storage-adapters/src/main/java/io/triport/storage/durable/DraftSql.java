package io.triport.storage.durable;

import io.triport.domain.durable.ObjectSql;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.ByteSize;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlMeta;
import io.triport.domain.sql.SqlResult;
import io.triport.domain.sql.SqlScript;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The database as an event sees it. Used by the event's thread alone. */
final class DraftSql implements ObjectSql {
    /*
     * Emptied
     *
     * To be emptied, the database is set aside, and an empty one lies on top of it, which is made when it is used. What takes
     * that back takes it off again, and what lies below is as it was.
     *
     * A commit that fails
     *
     * What the file has then, and what the store has, nobody can tell. So the file is thrown away, and the event goes no further
     * with its database.
     */
    private final Turn turn;
    private final SqlAccess access;
    private final Deque<Empty> emptied = new ArrayDeque<>();
    /** What a commit has failed with that was to change the database. */
    private @Nullable StorageFailure failed;

    DraftSql(Turn turn, SqlAccess access) {
        this.turn = turn;
        this.access = access;
    }

    private static final class Empty {
        private @Nullable ScratchDatabase database;

        private void close() {
            if (database != null) {
                database.close();
            }
        }
    }

    /** A place to come back to. */
    interface Mark {
        /** What came after it stays. */
        void keep();

        void backTo();
    }

    @Override
    public SqlResult query(Sql statement) {
        return use(database -> database.query(statement, access));
    }

    @Override
    public SqlMeta run(SqlScript script) {
        return use(database -> database.run(script, access));
    }

    @Override
    public ByteSize size() {
        return use(ScratchDatabase::size);
    }

    /** Nothing is in it from now on. */
    void empty() {
        emptied.addLast(new Empty());
    }

    Mark mark() {
        var depth = emptied.size();
        int place = current().map(ScratchDatabase::mark).orElse(0);
        return new Mark() {
            @Override
            public void keep() {
                if (emptied.size() == depth) {
                    current().ifPresent(database -> database.keep(place));
                }
            }

            @Override
            public void backTo() {
                uncover(depth);
                current().ifPresent(database -> database.backTo(place));
            }
        };
    }

    /** What is to be committed of it. */
    PageChanges settle() {
        requireWhole();
        return current().map(ScratchDatabase::commit).orElse(PageChanges.NONE);
    }

    /** The commit that was to change it has failed. */
    void failed(StorageFailure why) {
        failed = why;
        if (turn.holds()) {
            workbench().clear();
        }
    }

    /** What was settled is committed. */
    void kept() {
        if (!turn.holds()) {
            // All is over, and the database gone.
            return;
        }
        var top = emptied.pollLast();
        if (top != null) {
            uncover(0);
            workbench().become(top.database);
        }
        workbench().kept();
    }

    /** What was written is not to be. */
    void forget() {
        uncover(0);
        if (turn.holds()) {
            workbench().rollBack();
        }
    }

    private <R> R use(Function<ScratchDatabase, R> work) {
        turn.requireAlone();
        requireWhole();
        try {
            return work.apply(open());
        } catch (StorageFailure.AccessDenied e) {
            turn.requireWritable();
            throw e;
        }
    }

    private ScratchDatabase open() {
        var top = emptied.peekLast();
        if (top == null) {
            return workbench().stored(turn.tenure());
        }
        if (top.database == null) {
            top.database = workbench().empty();
        }
        return top.database;
    }

    /** The one that the event sees, where it is there already. */
    private Optional<ScratchDatabase> current() {
        var top = emptied.peekLast();
        if (top != null) {
            return Optional.ofNullable(top.database);
        }
        return turn.holds() ? workbench().present() : Optional.empty();
    }

    private void uncover(int depth) {
        while (emptied.size() > depth) {
            emptied.removeLast().close();
        }
    }

    private Workbench workbench() {
        return turn.object().workbench(turn);
    }

    private void requireWhole() {
        if (failed != null) {
            throw failed;
        }
    }
}
