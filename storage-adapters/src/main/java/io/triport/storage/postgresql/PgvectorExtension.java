package io.triport.storage.postgresql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a database needs for vectors: pgvector 0.8, from which on a search under a filter goes on until it has found enough. */
record PgvectorExtension(int major, int minor, String version) {
    private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6}).*");
    private static final int LEAST_MINOR = 8;
    private static final String ASK = "select extversion from pg_extension where extname = 'vector'";
    private static final String CREATE = "create extension if not exists vector";

    /** The server has no such files; it has, and lets only a superuser make use of them. */
    private static final Set<String> MISSING = Set.of("0A000", "58P01", "42501");

    static PgvectorExtension parse(String version) {
        var numbers = VERSION.matcher(version);
        if (!numbers.matches()) {
            throw new StorageFailure.Rejected(
                    FailureCode.UNSUPPORTED, "vectors: pgvector of an unknown version (expected: 0.8 or newer)");
        }
        return new PgvectorExtension(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)), version);
    }

    /**
     * Makes it part of the database where it may.
     *
     * @throws StorageFailure.Rejected UNSUPPORTED where the database has none and cannot be given one, or has an old one
     */
    static void require(Database database) {
        installed(database)
                .or(() -> made(database))
                .orElseThrow(PgvectorExtension::missing)
                .requireSupported();
    }

    void requireSupported() {
        if (major == 0 && minor < LEAST_MINOR) {
            throw new StorageFailure.Rejected(
                    FailureCode.UNSUPPORTED,
                    "vectors: pgvector " + version
                            + " (expected: 0.8 or newer, and then \"alter extension vector update\" in this database)");
        }
    }

    private static Optional<PgvectorExtension> made(Database database) {
        try {
            database.write(connection -> new Call(connection, CREATE).change());
        } catch (StorageFailure.Unavailable e) {
            // Another node may have made it at the same time.
            if (e.getCause() instanceof SQLException refused
                    && MISSING.contains(String.valueOf(refused.getSQLState()))) {
                return installed(database);
            }
            return installed(database).or(() -> {
                throw e;
            });
        }
        return installed(database);
    }

    private static Optional<PgvectorExtension> installed(Database database) {
        return database.read(connection -> new Call(connection, ASK).first(row -> parse(row.getString(1))));
    }

    private static StorageFailure missing() {
        return new StorageFailure.Rejected(
                FailureCode.UNSUPPORTED,
                "vectors: the database has no extension vector (expected: pgvector 0.8 or newer installed on the"
                        + " server, and \"create extension vector\" by a superuser in this database)");
    }
}
