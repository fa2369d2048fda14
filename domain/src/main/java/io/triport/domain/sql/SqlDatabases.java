package io.triport.domain.sql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.util.Optional;

/** The databases of a deployment, before identity: what an adapter gives and {@code Storage} puts behind grants. Safe for many threads. */
public interface SqlDatabases {
    /** Empty where there is no such database. */
    Optional<SqlDatabase> open(DatabaseName name, SqlAccess access);

    /** @throws StorageFailure.Rejected UNSUPPORTED where there are no databases */
    DatabaseCatalogue catalogue();

    /** What keeps the databases: a name from a closed set, for whoever measures. */
    String adapter();

    /** No databases at all. */
    static SqlDatabases none() {
        return new SqlDatabases() {
            @Override
            public Optional<SqlDatabase> open(DatabaseName name, SqlAccess access) {
                return Optional.empty();
            }

            @Override
            public DatabaseCatalogue catalogue() {
                throw new StorageFailure.Rejected(FailureCode.UNSUPPORTED, "databases: not kept by this app");
            }

            @Override
            public String adapter() {
                return "databases";
            }
        };
    }
}
