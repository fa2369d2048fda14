package io.triport.domain.storage;

import io.triport.domain.cache.CacheName;
import io.triport.domain.cache.CachePart;
import io.triport.domain.cache.ResponseCache;
import io.triport.domain.cache.ResponseCaches;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.sql.DatabaseCatalogue;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlDatabase;
import io.triport.domain.sql.SqlDatabases;
import java.util.Optional;

/** What cannot commit with a unit, because it lies on another engine, and says so at its first use there. */
final class Apart {
    private Apart() {}

    /** Of all that lies beside an engine, queues are in it. */
    static Storage.Beside fromUnit(QueueDefinitions queues) {
        return new Storage.Beside(
                bucket -> {
                    throw apart("buckets");
                },
                type -> {
                    throw apart("durable objects");
                },
                queues,
                new Databases(),
                new Caches());
    }

    private static StorageFailure apart(String what) {
        return new StorageFailure.Rejected(
                FailureCode.UNSUPPORTED, "unit: " + what + " lie elsewhere (expected: stores of one engine)");
    }

    private record Databases() implements SqlDatabases {
        @Override
        public Optional<SqlDatabase> open(DatabaseName name, SqlAccess access) {
            throw apart("databases");
        }

        @Override
        public DatabaseCatalogue catalogue() {
            throw apart("databases");
        }

        @Override
        public String adapter() {
            return "databases";
        }
    }

    private record Caches() implements ResponseCaches {
        @Override
        public ResponseCache cache(CacheName name, CachePart part) {
            throw apart("caches");
        }

        @Override
        public String adapter() {
            return "caches";
        }
    }
}
