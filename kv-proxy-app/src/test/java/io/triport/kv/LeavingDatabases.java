package io.triport.kv;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.ByteSize;
import io.triport.domain.sql.Bookmark;
import io.triport.domain.sql.DatabaseCatalogue;
import io.triport.domain.sql.DatabaseInfo;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.SessionStart;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlArchive;
import io.triport.domain.sql.SqlDatabase;
import io.triport.domain.sql.SqlDatabases;
import io.triport.domain.sql.SqlMeta;
import io.triport.domain.sql.SqlResult;
import io.triport.domain.sql.SqlScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A database that does one statement and is away for everything else. */
final class LeavingDatabases implements SqlDatabases, SqlDatabase {
    private final List<SessionStart> starts = new ArrayList<>();

    /** How its sessions began. */
    List<SessionStart> starts() {
        return List.copyOf(starts);
    }

    @Override
    public Optional<SqlDatabase> open(DatabaseName name, SqlAccess access) {
        return Optional.of(this);
    }

    @Override
    public DatabaseCatalogue catalogue() {
        throw away();
    }

    @Override
    public String adapter() {
        return "leaving";
    }

    @Override
    public SqlResult query(Sql statement) {
        return new SqlResult(List.of(), List.of(), new SqlMeta(Duration.ZERO, 1, 0, true, new ByteSize(0), 1));
    }

    @Override
    public List<SqlResult> batch(List<Sql> statements) {
        throw away();
    }

    @Override
    public SqlMeta run(SqlScript script) {
        throw away();
    }

    @Override
    public SqlDatabase session(SessionStart start) {
        starts.add(start);
        return this;
    }

    @Override
    public Bookmark bookmark() {
        throw away();
    }

    @Override
    public SqlArchive archive() {
        throw away();
    }

    @Override
    public DatabaseInfo info() {
        throw away();
    }

    private static StorageFailure away() {
        return new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "away");
    }
}
