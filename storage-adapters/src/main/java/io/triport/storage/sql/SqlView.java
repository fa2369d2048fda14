package io.triport.storage.sql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
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
import java.util.List;

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

    @Override
    public SqlResult query(Sql statement) {
        return batch(List.of(statement)).getFirst();
    }

    @Override
    public List<SqlResult> batch(List<Sql> statements) {
        return execute(SqlCall.of(statements, means.limits()));
    }

    @Override
    public SqlMeta run(SqlScript script) {
        return SqlCall.together(execute(SqlCall.of(script, means.limits())));
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
    private List<SqlResult> execute(SqlCall call) {
        var deadline = means.deadline();
        if (access == SqlAccess.READ || call.looksReading()) {
            try {
                return file.read(deadline, connection -> call.on(connection, deadline, SqlAccess.READ));
            } catch (SqlCall.Writes e) {
                if (access == SqlAccess.READ) {
                    throw e.denied();
                }
            }
        }
        return file.write(deadline, connection -> {
            var results = call.on(connection, deadline, SqlAccess.WRITE);
            if (results.stream().anyMatch(result -> result.meta().changed())) {
                connection.countChange(means.clock().instant());
            }
            return results;
        });
    }
}
