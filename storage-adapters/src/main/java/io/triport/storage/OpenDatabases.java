package io.triport.storage;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.sql.ShippedDatabases;
import io.triport.domain.sql.SqlDatabases;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.storage.SqlHistoryPlace;
import io.triport.domain.storage.SqlServer;
import io.triport.domain.storage.StorageLevel;
import io.triport.domain.storage.StorageSettings;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.storage.bucket.Buckets;
import io.triport.storage.sql.SqlFiles;
import io.triport.storage.sqlpostgresql.PostgreSqlDatabases;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * SQL databases beside an engine: files of the node, or on the server that all nodes have.
 *
 * @param levels how busy they are
 * @param shipped null where their earlier states are not shipped
 * @param closing ends what they hold
 */
record OpenDatabases(
        SqlDatabases databases,
        List<StorageLevel> levels,
        @Nullable ShippedDatabases shipped,
        Runnable closing) implements AutoCloseable {
    /** The folder for files. */
    private static final String FOLDER = "sql";

    private static final OpenDatabases NONE = new OpenDatabases(SqlDatabases.none(), List.of(), null, () -> {});

    /**
     * @param limits null for an app that has no databases
     * @param history null where earlier states of files are not shipped
     * @param onServer null for one that has none of PostgreSQL's dialect
     */
    static OpenDatabases of(
            StorageSettings settings,
            @Nullable SqlLimits limits,
            @Nullable SqlHistoryPlace history,
            @Nullable SqlServer onServer,
            Clock clock,
            Ticker ticker,
            Randomness randomness) {
        if (limits == null) {
            return NONE;
        }
        return switch (settings.engine()) {
            case StorageSettings.Embedded embedded -> files(settings, limits, history, clock, ticker, randomness);
            case StorageSettings.Memory memory -> files(settings, limits, history, clock, ticker, randomness);
            case StorageSettings.PostgreSql server -> {
                if (history != null) {
                    throw new StorageFailure.Rejected(
                            FailureCode.UNSUPPORTED,
                            "sql-history: databases are on the server (expected: storage: embedded or memory)");
                }
                if (onServer == null) {
                    yield NONE;
                }
                var open = PostgreSqlDatabases.open(server, onServer.replicas(), limits, clock, ticker, randomness);
                yield new OpenDatabases(open, open.levels(), null, open::close);
            }
        };
    }

    private static OpenDatabases files(
            StorageSettings settings,
            SqlLimits limits,
            @Nullable SqlHistoryPlace history,
            Clock clock,
            Ticker ticker,
            Randomness randomness) {
        var directory = Path.of(settings.directory());
        var files = SqlFiles.open(directory.resolve(FOLDER), limits, clock, ticker, randomness);
        if (history == null) {
            return new OpenDatabases(files, files.levels(), null, files::close);
        }
        var place = history.bucket();
        // Beside those of callers, who would read databases in it that they have no grant for.
        var buckets = new Buckets(
                name -> Optional.of(place).filter(one -> one.name().equals(name)),
                directory,
                clock,
                ticker,
                randomness);
        Supplier<ObjectStore> bucket = () -> buckets.bucket(place.name()).orElseThrow();
        var shipped = files.shipped(bucket);
        files.shippingTo(bucket);
        return new OpenDatabases(files, files.levels(), shipped, () -> {
            files.close();
            buckets.close();
        });
    }

    @Override
    public void close() {
        closing.run();
    }
}
