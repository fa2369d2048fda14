package io.triport.domain.storage;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.sql.Bookmark;
import io.triport.domain.sql.DatabaseInfo;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.SessionStart;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlArchive;
import io.triport.domain.sql.SqlDatabase;
import io.triport.domain.sql.SqlMeta;
import io.triport.domain.sql.SqlResult;
import io.triport.domain.sql.SqlScript;
import java.util.List;

/** A database as far as a grant reaches. What it was opened for it is asked for again before every call. */
final class ConfinedSqlDatabase implements SqlDatabase {
    private final SqlDatabase database;
    private final GrantGuard guard;
    private final DatabaseName name;
    private final SqlAccess access;

    ConfinedSqlDatabase(SqlDatabase database, GrantGuard guard, DatabaseName name, SqlAccess access) {
        this.database = database;
        this.guard = guard;
        this.name = name;
        this.access = access;
    }

    /** The most that the grant permits. @throws StorageFailure.AccessDenied where that is nothing */
    static SqlAccess access(GrantGuard guard, DatabaseName name) {
        if (guard.permits(Action.SQL_WRITE, resource(name))) {
            guard.requireLive();
            return SqlAccess.WRITE;
        }
        guard.require(Action.SQL_QUERY, resource(name));
        return SqlAccess.READ;
    }

    @Override
    public SqlResult query(Sql statement) {
        require();
        return database.query(statement);
    }

    @Override
    public List<SqlResult> batch(List<Sql> statements) {
        require();
        return database.batch(statements);
    }

    @Override
    public SqlMeta run(SqlScript script) {
        require();
        return database.run(script);
    }

    @Override
    public SqlDatabase session(SessionStart start) {
        require();
        return new ConfinedSqlDatabase(database.session(start), guard, name, access);
    }

    @Override
    public Bookmark bookmark() {
        require();
        return database.bookmark();
    }

    @Override
    public SqlArchive archive() {
        require();
        return new ConfinedSqlArchive(database.archive(), this::require);
    }

    @Override
    public DatabaseInfo info() {
        require();
        return database.info();
    }

    private void require() {
        var action = switch (access) {
            case READ -> Action.SQL_QUERY;
            case WRITE -> Action.SQL_WRITE;
        };
        guard.require(action, resource(name));
    }

    /** Its item is empty, which only a permission for every key covers. */
    private static ResourceName resource(DatabaseName name) {
        return ResourceName.container(name.text());
    }
}
