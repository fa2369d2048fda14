package io.triport.storage.sqlite;

import io.triport.domain.audit.AuditSink;
import io.triport.domain.durable.ObjectInventory;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.CredentialStore;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.queue.QueueDeliveries;
import io.triport.domain.schedule.TickLedger;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.storage.StorageHealth;
import io.triport.domain.storage.StorageLevel;
import io.triport.domain.storage.StorageSettings;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.storage.durable.StateStore;
import io.triport.storage.object.ObjectIndex;
import io.triport.storage.revocation.RevocationSource;
import io.triport.storage.table.TableRepositories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open data directory: {@code triport.db} with the files beside it, kept by {@code triport.lock} to this process, or to those that
 * have it together.
 */
public final class Sqlite implements AutoCloseable {
    static final Logger LOG = LoggerFactory.getLogger("triport.storage");

    private static final String LOCK = "triport.lock";

    private final EngineInfo info;
    private final DirectoryLock lock;
    private final SqliteDatabase database;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Of a directory. @param info what that lets an engine declare */
    private record Hold(EngineInfo info, DirectoryLock lock) {
        static Hold alone(Path directory) {
            return new Hold(SqliteEngine.ALONE, DirectoryLock.take(directory.resolve(LOCK)));
        }
    }

    private Sqlite(EngineInfo info, DirectoryLock lock, SqliteDatabase database) {
        this.info = info;
        this.lock = lock;
        this.database = database;
    }

    /**
     * Opens the directory, which is made when it does not exist.
     *
     * @throws StorageFailure when it cannot be opened, or another process has it; the message is one line for the operator
     */
    public static Sqlite open(Path directory, Clock clock, Randomness randomness) {
        return open(directory, new StorageSettings.Alone(), clock, randomness);
    }

    /**
     * The same for a directory that several processes may have open.
     *
     * @throws StorageFailure also when another process has the same name in it, or has it to itself
     */
    public static Sqlite open(Path directory, StorageSettings.Tenancy tenancy, Clock clock, Randomness randomness) {
        makeDirectory(directory);
        var hold = switch (tenancy) {
            case StorageSettings.Alone alone -> Hold.alone(directory);
            case StorageSettings.Together together ->
                new Hold(SqliteEngine.TOGETHER, DirectoryLock.share(directory.resolve(LOCK), together.tenant()));
        };
        return open(directory, hold, clock, randomness, BlobFiles.FileSync.REAL, SqliteWriter.Commit.REAL);
    }

    static Sqlite open(
            Path directory, Clock clock, Randomness randomness, BlobFiles.FileSync sync, SqliteWriter.Commit commit) {
        makeDirectory(directory);
        return open(directory, Hold.alone(directory), clock, randomness, sync, commit);
    }

    private static Sqlite open(
            Path directory,
            Hold hold,
            Clock clock,
            Randomness randomness,
            BlobFiles.FileSync sync,
            SqliteWriter.Commit commit) {
        var lock = hold.lock();
        try {
            var blobDirectory = directory.resolve("blobs");
            makeDirectory(blobDirectory);
            var file = new SqliteFile(directory.resolve("triport.db"), "io/triport/storage/sqlite");
            var blobs = new BlobFiles(blobDirectory, randomness, sync);
            var database = new SqliteDatabase(file, blobs, commit, lock, clock, randomness);
            lock.opened();
            return new Sqlite(hold.info(), lock, database);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Opens the index of a directory of objects, {@code index.db}, and keeps the directory to this process until it is closed.
     *
     * @param durability of commits: DURABLE, or VOLATILE
     * @param removeFile takes away a file that no row names
     * @param beforeCommit is told before rows are committed
     * @throws StorageFailure as in {@link #open(Path, Clock, Randomness)}
     */
    public static ObjectIndex objectIndex(
            Path directory,
            Durability durability,
            Consumer<String> removeFile,
            Runnable beforeCommit,
            int mostWithRow,
            Clock clock,
            Randomness randomness) {
        makeDirectory(directory);
        var lock = DirectoryLock.take(directory.resolve(LOCK));
        try {
            var file = new SqliteFile(directory.resolve("index.db"), "io/triport/storage/filesystem", durability);
            SqliteWriter.Commit commit = session -> {
                beforeCommit.run();
                SqliteWriter.Commit.REAL.run(session);
            };
            var connections = new SqliteConnections(file, removeFile, commit);
            return new SqliteObjectIndex(lock, connections, mostWithRow, clock, randomness);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Opens the state of durable objects, {@code objects.db} in the directory, and keeps the directory to this process until it is
     * closed.
     *
     * @throws StorageFailure as in {@link #open(Path, Clock, Randomness)}
     */
    public static StateStore states(Path directory) {
        makeDirectory(directory);
        var lock = DirectoryLock.take(directory.resolve(LOCK));
        try {
            return new SqliteStateStore(
                    lock, new SqliteConnections(statesFile(directory), name -> {}, SqliteWriter.Commit.REAL));
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** What is kept there, for whoever looks while the directory is another's, or nobody's; it need not exist. */
    public static ObjectInventory inventory(Path directory) {
        return new SqliteObjectInventory(statesFile(directory));
    }

    private static SqliteFile statesFile(Path directory) {
        return new SqliteFile(directory.resolve("objects.db"), "io/triport/storage/durable");
    }

    /** The stores without the typed tables. */
    public StorageEngine engine() {
        return engine(TableRepositories.none());
    }

    /** @param repositories asked for when the typed tables are */
    public StorageEngine engine(Supplier<TableRepositories> repositories) {
        return new SqliteEngine(info, database, repositories, this::close);
    }

    /** What brings messages of the engine's queues to consumers. */
    public QueueDeliveries deliveries(QueueDefinitions definitions, Ticker ticker) {
        return database.queues().deliveries(definitions, new SqliteQueueRows(database), ticker);
    }

    public TickLedger ticks() {
        return new SqliteTickLedger(database);
    }

    public CredentialStore credentials() {
        return new SqliteCredentialStore(database);
    }

    public RevocationSource revocations() {
        return new SqliteRevocations(database);
    }

    public AuditSink audit() {
        return new SqliteAuditSink(database);
    }

    public List<StorageLevel> levels() {
        return database.levels();
    }

    public StorageHealth health() {
        return new StorageHealth() {
            @Override
            public EngineInfo info() {
                return info;
            }

            @Override
            public boolean answers() {
                return database.answers();
            }
        };
    }

    /** Ends after the writes that wait now. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            database.close();
            lock.close();
        }
    }

    private static void makeDirectory(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, directory + ": cannot be made", e);
        }
    }
}
