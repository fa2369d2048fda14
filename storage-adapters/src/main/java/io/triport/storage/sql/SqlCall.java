package io.triport.storage.sql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StatementError;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.sql.SqlMeta;
import io.triport.domain.sql.SqlResult;
import io.triport.domain.sql.SqlScript;
import io.triport.domain.sql.SqlValue;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The statements of one call, which are done one after the other in a transaction. */
record SqlCall(List<Member> members, SqlLimits limits) {
    SqlCall {
        members = List.copyOf(members);
    }

    /** A statement with its values. */
    record Member(SqlText text, List<SqlValue> parameters) {}

    /** What must be changed although nothing may be, or is to be at first. */
    static final class Writes extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int index;

        Writes(int index) {
            super("writes", null, false, false);
            this.index = index;
        }

        /** What a caller is told who may only read. */
        StorageFailure denied() {
            return new StorageFailure.AccessDenied("sql: the statement writes (expected: a database opened for that)")
                    .at(new StatementError(index, "SQLITE_READONLY", "attempt to write a readonly database"));
        }
    }

    static SqlCall of(List<Sql> statements, SqlLimits limits) {
        if (statements.isEmpty()) {
            throw SqlErrors.refused(FailureCode.BAD_REQUEST, "NO_STATEMENT", "the batch is empty");
        }
        var members = new ArrayList<Member>();
        for (var i = 0; i < statements.size(); i++) {
            var statement = statements.get(i);
            members.add(at(i, () -> {
                requireLength(statement.text(), limits);
                return new Member(SqlText.one(statement.text()), statement.parameters());
            }));
        }
        return new SqlCall(members, limits);
    }

    static SqlCall of(SqlScript script, SqlLimits limits) {
        requireLength(script.text(), limits);
        var members = SqlText.all(script.text()).stream()
                .map(text -> new Member(text, List.of()))
                .toList();
        if (members.isEmpty()) {
            throw SqlErrors.refused(FailureCode.BAD_REQUEST, "NO_STATEMENT", "the script is empty");
        }
        return new SqlCall(members, limits);
    }

    /** Whether all of it looks as if it only read. */
    boolean looksReading() {
        return members.stream().allMatch(member -> member.text().looksReading());
    }

    /** Does it on a connection, in a transaction that goes on. @throws Writes before a statement that writes and may not */
    List<SqlResult> on(SqlConnection connection, SqlDeadline deadline, SqlAccess may) {
        var rows = new SqlRows(limits.resultBytes());
        var results = new ArrayList<SqlResult>();
        for (var i = 0; i < members.size(); i++) {
            var member = members.get(i);
            var index = i;
            results.add(at(i, () -> {
                try {
                    return execute(connection, member, deadline, may, rows, index);
                } catch (SQLException e) {
                    throw SqlErrors.of(e);
                }
            }));
        }
        return results;
    }

    /** What all of it did. */
    static SqlMeta together(List<SqlResult> results) {
        var all = results.stream().map(SqlResult::meta).toList();
        var last = all.getLast();
        return new SqlMeta(
                all.stream().map(SqlMeta::took).reduce(Duration.ZERO, Duration::plus),
                all.stream().mapToLong(SqlMeta::changes).sum(),
                all.stream()
                        .mapToLong(SqlMeta::lastRowId)
                        .filter(id -> id != 0)
                        .reduce((before, after) -> after)
                        .orElse(0),
                all.stream().anyMatch(SqlMeta::changed),
                last.sizeAfter(),
                all.stream().mapToLong(SqlMeta::rowsWritten).sum());
    }

    private static SqlResult execute(
            SqlConnection connection, Member member, SqlDeadline deadline, SqlAccess may, SqlRows rows, int index)
            throws SQLException {
        var verdict = connection.judge(member.text());
        if (verdict == SqlJudge.Verdict.WRITES && may == SqlAccess.READ) {
            throw new Writes(index);
        }
        return connection.execute(member.text(), member.parameters(), verdict, rows, deadline);
    }

    private static void requireLength(String text, SqlLimits limits) {
        var most = limits.statementBytes();
        var size = Bytes.utf8(text).size();
        if (size > most) {
            throw SqlErrors.refused(
                    FailureCode.TOO_LARGE,
                    "SQLITE_TOOBIG",
                    "statement: " + size + " bytes (expected: at most " + most + ")");
        }
    }

    private static <R> R at(int index, Supplier<R> step) {
        try {
            return step.get();
        } catch (StorageFailure e) {
            throw SqlErrors.at(index, e);
        }
    }
}
