package io.triport.storage.sql;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.sql.DatabaseCatalogue;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlDatabase;
import io.triport.domain.sql.SqlDatabases;
import io.triport.domain.storage.Storage;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.SqlCapability;
import io.triport.testkit.SqlFixture;
import io.triport.testkit.TestGrants;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What grants see of databases: of everything where they are opened to be written, else of what reads. */
final class ViewedSqlFixture implements SqlFixture {
    private final SqlFilesFixture files = new SqlFilesFixture();
    private final TestGrants grants = new TestGrants(files.clock());

    private record Viewed(Storage storage, SqlDatabases behind, TestGrants grants) implements SqlDatabases {
        @Override
        public Optional<SqlDatabase> open(DatabaseName name, SqlAccess access) {
            var reading = new Permission(
                    Set.of(Action.SQL_QUERY), Set.of(ResourcePattern.exactly(name.text())), Set.of(KeyPrefix.EVERY));
            var grant = access == SqlAccess.WRITE ? grants.ofEverything() : grants.of("reader", reading);
            return Optional.of(storage.sql(grant, name));
        }

        @Override
        public DatabaseCatalogue catalogue() {
            return storage.databases(grants.ofEverything());
        }

        @Override
        public String adapter() {
            return behind.adapter();
        }
    }

    @Override
    public SqlDatabases databases() {
        return viewed(files.databases());
    }

    @Override
    public SqlDatabases reopen() {
        return viewed(files.reopen());
    }

    @Override
    public SettableTicker ticker() {
        return files.ticker();
    }

    @Override
    public SettableClock clock() {
        return files.clock();
    }

    @Override
    public Writing holdWriter(DatabaseName name) {
        return files.holdWriter(name);
    }

    @Override
    public List<Integer> killWhileWriting(DatabaseName name) {
        return files.killWhileWriting(name);
    }

    @Override
    public Set<SqlCapability> capabilities() {
        return files.capabilities();
    }

    @Override
    public void close() {
        files.close();
    }

    private SqlDatabases viewed(SqlDatabases databases) {
        var beside = Storage.Beside.NOTHING.withDatabases(databases);
        var storage = new Storage(
                new FakeStorageEngine(files.clock()),
                beside,
                files.clock(),
                // Of its own, so that it is the database which ends what lasts too long.
                new SettableTicker(),
                new RecordingStorageLog());
        return new Viewed(storage, databases, grants);
    }
}
