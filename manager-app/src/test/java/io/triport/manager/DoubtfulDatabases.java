package io.triport.manager;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Databases that do what they are told and then, while a test says so, answer with a failure. */
record DoubtfulDatabases(SqlDatabases databases, AtomicReference<Optional<FailureCode>> failing)
        implements SqlDatabases {
    @Override
    public Optional<SqlDatabase> open(DatabaseName name, SqlAccess access) {
        return databases.open(name, access).map(Doubtful::new);
    }

    @Override
    public DatabaseCatalogue catalogue() {
        return databases.catalogue();
    }

    @Override
    public String adapter() {
        return databases.adapter();
    }

    private final class Doubtful implements SqlDatabase {
        private final SqlDatabase database;

        private Doubtful(SqlDatabase database) {
            this.database = database;
        }

        @Override
        public SqlResult query(Sql statement) {
            var result = database.query(statement);
            failing.get().ifPresent(code -> {
                throw new StorageFailure.Unavailable(code, "as the test says");
            });
            return result;
        }

        @Override
        public List<SqlResult> batch(List<Sql> statements) {
            return database.batch(statements);
        }

        @Override
        public SqlMeta run(SqlScript script) {
            return database.run(script);
        }

        @Override
        public SqlDatabase session(SessionStart start) {
            return database.session(start);
        }

        @Override
        public Bookmark bookmark() {
            return database.bookmark();
        }

        @Override
        public SqlArchive archive() {
            return database.archive();
        }

        @Override
        public DatabaseInfo info() {
            return database.info();
        }
    }
}
