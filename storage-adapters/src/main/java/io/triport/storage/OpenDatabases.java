package io.triport.storage;

import io.triport.domain.sql.SqlDatabases;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.storage.SqlServer;
import io.triport.domain.storage.StorageLevel;
import io.triport.domain.storage.StorageSettings;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.storage.sql.SqlFiles;
import io.triport.storage.sqlpostgresql.PostgreSqlDatabases;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SQL databases beside an engine: files of the node, or on the server that all nodes have.
 *
 * @param levels how busy they are
 * @param closing ends what they hold
 */
record OpenDatabases(SqlDatabases databases, List<StorageLevel> levels, Runnable closing) implements AutoCloseable {
    /** The folder for files. */
    private static final String FOLDER = "sql";

    private static final OpenDatabases NONE = new OpenDatabases(SqlDatabases.none(), List.of(), () -> {});

    /**
     * @param limits null for an app that has no databases
     * @param onServer null for one that has none of PostgreSQL's dialect
     */
    static OpenDatabases of(
            StorageSettings settings,
            @Nullable SqlLimits limits,
            @Nullable SqlServer onServer,
            Clock clock,
            Ticker ticker,
            Randomness randomness) {
        if (limits == null) {
            return NONE;
        }
        return switch (settings.engine()) {
            case StorageSettings.Embedded embedded -> files(settings, limits, clock, ticker, randomness);
            case StorageSettings.Memory memory -> files(settings, limits, clock, ticker, randomness);
            case StorageSettings.PostgreSql server -> {
                if (onServer == null) {
                    yield NONE;
                }
                var open = PostgreSqlDatabases.open(server, onServer.replicas(), limits, clock, ticker, randomness);
                yield new OpenDatabases(open, open.levels(), open::close);
            }
        };
    }

    private static OpenDatabases files(
            StorageSettings settings, SqlLimits limits, Clock clock, Ticker ticker, Randomness randomness) {
        var folder = Path.of(settings.directory()).resolve(FOLDER);
        var files = SqlFiles.open(folder, limits, clock, ticker, randomness);
        return new OpenDatabases(files, files.levels(), files::close);
    }

    @Override
    public void close() {
        closing.run();
    }
}
