package io.triport.storage.sql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StatementError;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.sql.Bookmark;
import io.triport.domain.sql.Database;
import io.triport.domain.sql.DatabaseInfo;
import io.triport.domain.sql.SessionStart;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlArchive;
import io.triport.domain.sql.SqlDatabase;
import io.triport.domain.sql.SqlMeta;
import io.triport.domain.sql.SqlResult;
import io.triport.domain.sql.SqlScript;
import io.triport.domain.sql.SqlValue;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A database as it was opened. There is one copy of it, so every read sees the latest state and a session has nothing to wait for. */
final class SqlView implements SqlDatabase {
    private static final String TABLES =
            "select count(*) from pragma_table_list where schema = 'main' and type in ('table', 'virtual')"
                    + " and name not like 'sqlite$_%' escape '$'";

    private final Database database;
    private final SqlFile file;
    private final SqlAccess access;
    private final SqlMeans means;

    SqlView(Database database, SqlFile file, SqlAccess access, SqlMeans means) {
        this.database = database;
        this.file = file;
        this.access = access;
        this.means = means;
    }

    private record Member(SqlText text, List<SqlValue> parameters) {}

    /** What must be changed although the database was opened to be read, or the connection reads only. */
    private static final class Writes extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int index;

        Writes(int index) {
            super("writes", null, false, false);
            this.index = index;
        }
    }

    @Override
    public SqlResult query(Sql statement) {
        return all(List.of(statement)).getFirst();
    }

    @Override
    public List<SqlResult> batch(List<Sql> statements) {
        if (statements.isEmpty()) {
            throw SqlErrors.refused(FailureCode.BAD_REQUEST, "NO_STATEMENT", "the batch is empty");
        }
        return all(statements);
    }

    private List<SqlResult> all(List<Sql> statements) {
        var members = new ArrayList<Member>();
        for (var i = 0; i < statements.size(); i++) {
            var statement = statements.get(i);
            members.add(at(i, () -> {
                requireLength(statement.text());
                return new Member(SqlText.one(statement.text()), statement.parameters());
            }));
        }
        return execute(members);
    }

    @Override
    public SqlMeta run(SqlScript script) {
        requireLength(script.text());
        var members = SqlText.all(script.text()).stream()
                .map(text -> new Member(text, List.of()))
                .toList();
        if (members.isEmpty()) {
            throw SqlErrors.refused(FailureCode.BAD_REQUEST, "NO_STATEMENT", "the script is empty");
        }
        return together(execute(members).stream().map(SqlResult::meta).toList());
    }

    @Override
    public SqlDatabase session(SessionStart start) {
        switch (start) {
            case SessionStart.FirstPrimary first -> {}
            case SessionStart.FirstUnconstrained first -> {}
            case SessionStart.After(var bookmark) -> {
                if (!bookmark.of(database.id())) {
                    throw new StorageFailure.Rejected(FailureCode.BAD_REQUEST, "bookmark: of another database");
                }
            }
        }
        return this;
    }

    @Override
    public Bookmark bookmark() {
        return Bookmark.of(database.id(), 0, file.read(means.deadline(), SqlConnection::changes));
    }

    @Override
    public SqlArchive archive() {
        return new SqlShelf(database, file, access, means);
    }

    @Override
    public DatabaseInfo info() {
        return file.read(
                means.deadline(),
                connection -> new DatabaseInfo(database, (int) connection.number(TABLES), connection.size()));
    }

    /** What looks as if it only read is tried where it does not stand in a writer's way, nor wait for one. */
    private List<SqlResult> execute(List<Member> members) {
        var deadline = means.deadline();
        var reading = access == SqlAccess.READ
                || members.stream().allMatch(member -> member.text().looksReading());
        if (reading) {
            try {
                return file.read(deadline, connection -> executeOn(connection, members, deadline, SqlAccess.READ));
            } catch (Writes e) {
                if (access == SqlAccess.READ) {
                    throw denied(e.index);
                }
            }
        }
        return file.write(deadline, connection -> {
            var results = executeOn(connection, members, deadline, SqlAccess.WRITE);
            if (results.stream().anyMatch(result -> result.meta().changed())) {
                connection.countChange(means.clock().instant());
            }
            return results;
        });
    }

    private List<SqlResult> executeOn(
            SqlConnection connection, List<Member> members, SqlDeadline deadline, SqlAccess may) {
        var rows = new SqlRows(means.limits().resultBytes());
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

    private static SqlResult execute(
            SqlConnection connection, Member member, SqlDeadline deadline, SqlAccess may, SqlRows rows, int index)
            throws SQLException {
        var verdict = connection.judge(member.text());
        if (verdict == SqlJudge.Verdict.WRITES && may == SqlAccess.READ) {
            throw new Writes(index);
        }
        return connection.execute(member.text(), member.parameters(), verdict, rows, deadline);
    }

    private static SqlMeta together(List<SqlMeta> all) {
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

    private void requireLength(String text) {
        var most = means.limits().statementBytes();
        var size = Bytes.utf8(text).size();
        if (size > most) {
            throw SqlErrors.refused(
                    FailureCode.TOO_LARGE,
                    "SQLITE_TOOBIG",
                    "statement: " + size + " bytes (expected: at most " + most + ")");
        }
    }

    private static StorageFailure denied(int index) {
        return new StorageFailure.AccessDenied("sql: the statement writes (expected: a database opened for that)")
                .at(new StatementError(index, "SQLITE_READONLY", "attempt to write a readonly database"));
    }

    private static <R> R at(int index, Supplier<R> step) {
        try {
            return step.get();
        } catch (StorageFailure e) {
            throw SqlErrors.at(index, e);
        }
    }
}
