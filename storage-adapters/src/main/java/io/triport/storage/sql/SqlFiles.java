package io.triport.storage.sql;

import io.triport.domain.durable.ObjectSql;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.sql.Database;
import io.triport.domain.sql.DatabaseCatalogue;
import io.triport.domain.sql.DatabaseId;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.ShippedDatabases;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlDatabase;
import io.triport.domain.sql.SqlDatabases;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.storage.StorageLevel;
import io.triport.domain.storage.StorageLevel.Kind;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.storage.durable.ScratchDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of databases: {@code databases.db} says which there are, and each is a file named by its id. A file is opened when it
 * is first asked for, and stays open. Safe for many threads.
 */
public final class SqlFiles implements SqlDatabases, AutoCloseable {
    static final Logger LOG = LoggerFactory.getLogger("triport.storage");

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String LEVEL = "sql-statements";
    private static final String CATALOGUE = "databases.db";
    private static final List<String> ENDINGS = List.of("", "-wal", "-shm");

    private final Path directory;
    private final Duration patience;
    private final Randomness randomness;
    private final SqlMeans means;
    private final SqlCatalogue catalogue;
    private final Map<DatabaseId, SqlFile> files = new ConcurrentHashMap<>();
    private @Nullable SqlShipper shipper;

    private SqlFiles(Path directory, SqlMeans means, Duration patience, Randomness randomness) {
        this.directory = directory;
        this.patience = patience;
        this.randomness = randomness;
        this.means = means;
        this.catalogue = new SqlCatalogue(directory.resolve(CATALOGUE), patience);
        removeArchives();
    }

    /**
     * Opens the directory, which is made when it does not exist.
     *
     * @throws StorageFailure when it cannot be opened
     */
    public static SqlFiles open(Path directory, SqlLimits limits, Clock clock, Ticker ticker, Randomness randomness) {
        var means = SqlMeans.of(limits, new SqlThreads(ticker, PATIENCE), clock);
        return open(directory, means, PATIENCE, randomness);
    }

    /**
     * Databases for durable objects to work on, in files below a directory, which is made when the first is asked for. Several
     * processes may give the same directory, each once at a time; what one has left there that did not end well goes when the
     * next comes.
     *
     * @param limits as of other databases, but for the size, which is {@link ObjectSql#MOST_BYTES}
     */
    public static ScratchDatabases scratch(Path directory, SqlLimits limits, Ticker ticker) {
        return new SqlScratches(directory, limits, new SqlThreads(ticker, PATIENCE));
    }

    /** @param patience of a call that waits for others */
    static SqlFiles open(Path directory, SqlMeans means, Duration patience, Randomness randomness) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, directory + ": cannot be made", e);
        }
        return new SqlFiles(directory, means, patience, randomness);
    }

    @Override
    public Optional<SqlDatabase> open(DatabaseName name, SqlAccess access) {
        return catalogue.find(name).flatMap(database -> view(database, access));
    }

    @Override
    public DatabaseCatalogue catalogue() {
        return new Kept();
    }

    @Override
    public String adapter() {
        return "sqlite";
    }

    /**
     * Ships earlier states to a bucket from now on, within a second of each change.
     *
     * @param bucket that nobody else writes to; asked for again and again, for it may not be there for now
     */
    public SqlFiles shippingTo(Supplier<ObjectStore> bucket) {
        shipper = shipper(bucket).running();
        return this;
    }

    /** What a bucket has of databases. */
    public ShippedDatabases shipped(Supplier<ObjectStore> bucket) {
        return new SqlRecovery(directory, catalogue, this::connector, new ShippedBucket(bucket), means);
    }

    /** Ships when it is told to. */
    SqlShipper shipper(Supplier<ObjectStore> bucket) {
        return new SqlShipper(this, new ShippedBucket(bucket), means);
    }

    /** How many statements run, could run, and wait; and how far the bucket is behind, where there is one. */
    public List<StorageLevel> levels() {
        var threads = means.threads();
        var levels = new ArrayList<StorageLevel>();
        levels.add(new StorageLevel(Kind.BUSY, adapter(), LEVEL, threads::busy));
        levels.add(new StorageLevel(Kind.IDLE, adapter(), LEVEL, threads::idle));
        levels.add(new StorageLevel(Kind.WAITING, adapter(), LEVEL, threads::waiting));
        var shipping = shipper;
        if (shipping != null) {
            levels.add(new StorageLevel(Kind.BEHIND, adapter(), "sql-history", shipping::behind));
        }
        return List.copyOf(levels);
    }

    /** Ends after what runs now. */
    @Override
    public void close() {
        var shipping = shipper;
        if (shipping != null) {
            shipping.close();
        }
        means.threads().close();
        files.values().forEach(SqlFile::close);
        catalogue.close();
    }

    Path path(DatabaseId id) {
        return directory.resolve(id.text() + ".db");
    }

    private Optional<SqlDatabase> view(Database database, SqlAccess access) {
        var file = held(database.id());
        return file == null ? Optional.empty() : Optional.of(new SqlView(database, file, access, means));
    }

    /** Null where it was dropped. */
    @Nullable
    SqlFile held(DatabaseId id) {
        var known = files.get(id);
        var file = known == null ? file(id) : known;
        if (known == null && catalogue.find(id).isEmpty()) {
            // Dropped meanwhile: the file may have been made once more here, where nobody would look again.
            drop(id);
            return null;
        }
        return file;
    }

    SqlConnector connector(DatabaseId id) {
        return new SqlConnector(path(id), means.limits(), patience);
    }

    private SqlFile file(DatabaseId id) {
        return files.computeIfAbsent(id, any -> new SqlFile(directory, connector(id), means));
    }

    private boolean drop(DatabaseId id) {
        var there = catalogue.remove(id);
        var open = files.remove(id);
        if (open != null) {
            open.close();
        }
        for (var ending : ENDINGS) {
            delete(path(id).resolveSibling(path(id).getFileName() + ending));
        }
        deletePast(connector(id).past());
        return there;
    }

    /** Those of calls that did not come to their end, because the process did not. */
    private void removeArchives() {
        try (var left = Files.newDirectoryStream(directory, SqlShelf.FILES)) {
            left.forEach(SqlFiles::delete);
        } catch (IOException e) {
            LOG.warn("sql files of archives not found", e);
        }
    }

    private static void deletePast(Path past) {
        if (!Files.isDirectory(past)) {
            return;
        }
        try (var files = Files.newDirectoryStream(past)) {
            files.forEach(SqlFiles::delete);
        } catch (IOException e) {
            LOG.warn("sql folder={} not read", past, e);
        }
        delete(past);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // Nobody looks at it any more.
            LOG.warn("sql file={} not deleted", file, e);
        }
    }

    private final class Kept implements DatabaseCatalogue {
        @Override
        public Database create(DatabaseName name) {
            var now = means.clock().instant().truncatedTo(ChronoUnit.MILLIS);
            var database = new Database(DatabaseId.fresh(randomness), name, now);
            catalogue.add(database);
            return database;
        }

        @Override
        public boolean drop(DatabaseId id) {
            return SqlFiles.this.drop(id);
        }

        @Override
        public Optional<Database> find(DatabaseName name) {
            return catalogue.find(name);
        }

        @Override
        public Optional<Database> find(DatabaseId id) {
            return catalogue.find(id);
        }

        @Override
        public List<Database> databases() {
            return catalogue.all();
        }
    }
}
