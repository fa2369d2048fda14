package io.triport.storage.sqlpostgresql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.ByteSize;
import io.triport.domain.sql.SqlMeta;
import io.triport.domain.sql.SqlResult;
import io.triport.domain.sql.SqlValue;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All statements of a call in one transaction on one connection. */
final class Call {
    /*
     * What rights do not hold is held here.
     *
     * The transaction is ours. A statement of its own that begins or ends one begins with a word for it, and is refused by that
     * word. One within a function is refused by the server, since the transaction was begun before. Should one have ended all the
     * same, that is seen behind each statement, and the call ends there.
     *
     * What a transaction has done is looked at before it commits (Ending). What a session keeps is forgotten behind it (Line.clean).
     */
    private final Line line;
    private final List<Member> members;
    private final Line.Effect effect;
    private final Deadline deadline;
    private final Means means;

    Call(Line line, List<Member> members, Line.Effect effect, Deadline deadline, Means means) {
        this.line = line;
        this.members = members;
        this.effect = effect;
        this.deadline = deadline;
        this.means = means;
    }

    /** @param state that lies behind all that the call has seen, and before what it has written */
    record Answer(List<SqlResult> results, boolean changed, long state) {}

    /** What must be changed although the transaction reads only. */
    static final class Writes extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int index;

        Writes(int index) {
            super("writes", null, false, false);
            this.index = index;
        }

        StorageFailure denied() {
            return Refusals.at(index, Refusals.denied());
        }
    }

    /** What may do when it is done again from the beginning, since nothing of it has happened. */
    static final class Again extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final StorageFailure failure;

        Again(StorageFailure failure) {
            super("again", null, false, false);
            this.failure = failure;
        }

        StorageFailure failure() {
            return failure;
        }
    }

    /** What one statement gave, before it is known what all have done. */
    private record Given(Text text, List<String> columns, List<List<SqlValue>> rows, long changes, Duration took) {
        SqlResult result(boolean changed, ByteSize size) {
            return new SqlResult(columns, rows, new SqlMeta(took, changes, 0, changed, size, changes));
        }

        /** Whether it may have changed something that is not counted by rows. */
        boolean changesOther() {
            return !text.changesRows() && !text.looksReading();
        }
    }

    Answer run() {
        var given = new ArrayList<Given>();
        var done = watched(given);
        requireOwn(done);
        commit();
        return new Answer(results(given, done), done.changed(), done.state());
    }

    /** All but the commit, which is not stopped: it would go on, and nobody would know. */
    private Line.Done watched(List<Given> given) {
        var running = means.watch().over(line, deadline);
        Line.Done done;
        try {
            begin();
            var rows = new Rows(means.limits());
            for (var i = 0; i < members.size(); i++) {
                given.add(one(i, rows));
            }
            done = ended(members.size() - 1, () -> line.end(effect));
        } catch (RuntimeException e) {
            throw running.end() ? tooLong() : e;
        }
        if (running.end()) {
            throw tooLong();
        }
        return done;
    }

    private StorageFailure tooLong() {
        line.spoil();
        return Refusals.tooLong();
    }

    private interface Step<R> {
        R take() throws SQLException;
    }

    private void begin() {
        try {
            line.begin(effect);
        } catch (SQLException e) {
            line.spoil();
            var failure = Refusals.ours(e);
            // One that lay idle may have been cut since; another one may be whole.
            throw line.used() && Refusals.cut(e) ? new Again(failure) : failure;
        }
    }

    private Given one(int index, Rows rows) {
        var member = members.get(index);
        var given = ended(
                index,
                () -> at(index, () -> {
                    member.text().requireAllowed();
                    return execute(member, rows);
                }));
        if (!line.open()) {
            line.spoil();
            throw Refusals.at(
                    index,
                    Refusals.refused(FailureCode.BAD_REQUEST, Refusals.REFUSED, "the statement ended the transaction"));
        }
        return given;
    }

    private Given execute(Member member, Rows rows) throws SQLException {
        var start = deadline.ticker().nanos();
        try (var prepared = line.prepare(member.text(), member.values())) {
            List<String> columns = List.of();
            List<List<SqlValue>> found = List.of();
            var hasRows = prepared.execute();
            if (hasRows) {
                try (var all = prepared.getResultSet()) {
                    columns = rows.columns(all);
                    found = rows.all(all);
                }
            }
            var took = Duration.ofNanos(deadline.ticker().nanos() - start);
            return new Given(member.text(), columns, found, changes(member.text(), prepared, hasRows, found), took);
        }
    }

    /** Of a statement that returns its rows the server tells no number besides. */
    private static long changes(Text text, PreparedStatement prepared, boolean hasRows, List<List<SqlValue>> found)
            throws SQLException {
        if (!text.changesRows()) {
            return 0;
        }
        return hasRows ? found.size() : Math.max(0, prepared.getLargeUpdateCount());
    }

    private <R> R ended(int index, Step<R> step) {
        try {
            return step.take();
        } catch (SQLException e) {
            if (Refusals.cut(e)) {
                line.spoil();
            }
            if (Refusals.tooMuch(e)) {
                line.spoil();
                throw Refusals.at(
                        index, Refusals.refused(FailureCode.TOO_LARGE, "RESULT_TOO_LARGE", "the result is too large"));
            }
            if (effect == Line.Effect.READS && Refusals.readOnly(e)) {
                throw new Writes(index);
            }
            var failure = Refusals.at(index, Refusals.of(e));
            throw Refusals.worthAnother(e) ? new Again(failure) : failure;
        }
    }

    private static <R> R at(int index, Step<R> step) throws SQLException {
        try {
            return step.take();
        } catch (StorageFailure e) {
            throw Refusals.at(index, e);
        }
    }

    private void requireOwn(Line.Done done) {
        if (done.outside()) {
            throw Refusals.refused(
                    FailureCode.BAD_REQUEST, Refusals.REFUSED, "not authorized: what is outside of the database");
        }
        if (effect == Line.Effect.READS && done.changed()) {
            // Such as ANALYZE, which the server does for those who only read.
            throw new Writes(members.size() - 1);
        }
        if (done.changed() && done.size().compareTo(means.limits().database()) > 0) {
            throw new StorageFailure.Unavailable(FailureCode.FULL, "sql: the database is as large as it may be");
        }
    }

    private void commit() {
        try {
            line.commit();
        } catch (SQLException e) {
            if (Refusals.cut(e)) {
                line.spoil();
            }
            if (effect == Line.Effect.READS) {
                throw Refusals.ours(e);
            }
            var failure = Refusals.atCommit(e);
            throw Refusals.worthAnother(e) ? new Again(failure) : failure;
        }
    }

    /** Where several statements have changed something that is not counted by rows, each of them is said to have. */
    private static List<SqlResult> results(List<Given> given, Line.Done done) {
        var explained = given.stream().anyMatch(each -> each.changes() > 0 || each.changesOther());
        return given.stream()
                .map(each -> each.result(
                        each.changes() > 0
                                || done.changed()
                                        && (each.changesOther()
                                                || !explained && !each.text().changesRows()),
                        done.size()))
                .toList();
    }
}
