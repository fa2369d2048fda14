package io.triport.storage.postgresql;

import com.zaxxer.hikari.HikariDataSource;
import io.triport.domain.audit.AuditSink;
import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.durable.ObjectInventory;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.CredentialStore;
import io.triport.domain.identity.NonceLedger;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.queue.QueueDeliveries;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Sha256;
import io.triport.domain.request.SharedRateLimiter;
import io.triport.domain.schedule.TickLedger;
import io.triport.domain.storage.Capability;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.NodeAddress;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.storage.StorageHealth;
import io.triport.domain.storage.StorageLevel;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.domain.vector.VectorLimits;
import io.triport.storage.durable.StateStore;
import io.triport.storage.purge.PurgeLog;
import io.triport.storage.queue.Queues;
import io.triport.storage.revocation.RevocationSource;
import io.triport.storage.shared.SharedIndex;
import io.triport.storage.table.TableRepositories;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** One node's part of a database: its connections and everything that is kept there. Safe for many threads. */
public final class PostgreSqlStorage implements AutoCloseable {
    static final String NAME = "postgresql";
    private static final String MIGRATIONS = "classpath:io/triport/storage/postgresql/migration";
    private static final int CURSOR_KEY_BYTES = 32;
    private static final String OFFER_KEY = "insert into cursor_key (bytes) values (?) on conflict do nothing";
    private static final String READ_KEY = "select bytes from cursor_key";
    private static final int NODE_BYTES = 16;
    private static final String MAKE_INDEX = "insert into object_index (name) values (?) on conflict do nothing";
    private static final String FIND_INDEX = "select number from object_index where name = ?";

    private final PostgreSqlSettings settings;
    private final HikariDataSource pool;
    private final PooledDatabase database;
    private final EngineInfo info;
    private final Queues queues;
    private final PostgreSqlEngine.Shared shared;
    private final Clock clock;
    private final Randomness randomness;
    private final Bytes cursorKey;
    /** The monitor guards it, which is made once. */
    private @Nullable ObjectReaders readers;

    private PostgreSqlStorage(
            PostgreSqlSettings settings, HikariDataSource pool, Server server, Clock clock, Randomness randomness) {
        this.settings = settings;
        this.pool = pool;
        this.database = new PooledDatabase(pool);
        this.info = new EngineInfo(NAME, server.durability(), Set.of(Capability.AUDIT, Capability.UNITS));
        this.clock = clock;
        this.randomness = randomness;
        this.cursorKey = cursorKey(database, randomness);
        var cursors = new CursorSeal(cursorKey, clock);
        this.queues = new Queues(cursors, clock, randomness);
        this.shared = new PostgreSqlEngine.Shared(
                info,
                cursors,
                queues,
                clock,
                randomness,
                new Semaphore(1, true),
                TableRepositories.none(),
                pool::close);
    }

    /** As below, by the system's own ticker. */
    public static PostgreSqlStorage open(PostgreSqlSettings settings, Clock clock, Randomness randomness) {
        return open(settings, clock, Ticker.system(), randomness);
    }

    /**
     * Connects, and brings the tables up to date; of several nodes that start at once one does it and the others wait. A server
     * that does not answer yet is waited for as long as the settings say.
     *
     * @throws StorageFailure.Unavailable when the server does not answer, or lets nobody of that name in
     * @throws StorageFailure.Rejected UNSUPPORTED when it is older than PostgreSQL 15
     */
    public static PostgreSqlStorage open(
            PostgreSqlSettings settings, Clock clock, Ticker ticker, Randomness randomness) {
        FirstAnswer.await(settings, ticker);
        migrate(settings);
        return openMigrated(settings, clock, ticker, randomness);
    }

    /** Where the tables are up to date already. */
    static PostgreSqlStorage openMigrated(
            PostgreSqlSettings settings, Clock clock, Ticker ticker, Randomness randomness) {
        var pool = Pool.open(settings);
        try {
            var server = Server.ask(new PooledDatabase(pool));
            server.requireSupported();
            return new PostgreSqlStorage(settings, pool, server, clock, randomness);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** The stores without the typed tables. */
    public StorageEngine engine() {
        return new PostgreSqlEngine(database, shared);
    }

    /** @param repositories asked for when the typed tables are */
    public StorageEngine engine(Supplier<TableRepositories> repositories) {
        return new PostgreSqlEngine(database, shared.with(repositories));
    }

    /** What brings messages of the engine's queues to consumers of this node. */
    public QueueDeliveries deliveries(QueueDefinitions definitions, Ticker ticker) {
        return queues.deliveries(definitions, new PostgreSqlQueueRows(database), ticker);
    }

    public TickLedger ticks() {
        return new PostgreSqlTickLedger(database);
    }

    public NonceLedger nonces() {
        return new PostgreSqlNonceLedger(new IdentityDatabase(database));
    }

    public CredentialStore credentials() {
        return new PostgreSqlCredentialStore(new IdentityDatabase(database));
    }

    public RevocationSource revocations() {
        return new PostgreSqlRevocations(new IdentityDatabase(database));
    }

    /** Counts what all nodes take together. */
    public SharedRateLimiter limiter() {
        return new PostgreSqlRateLimiter(database, clock);
    }

    /**
     * The state of durable objects, on connections of its own; closed by itself.
     *
     * @param announced where other nodes reach this one, which then keeps the objects that it has
     */
    public StateStore states(Ticker ticker, Optional<NodeAddress> announced) {
        return states(ticker, announced, PostgreSqlStateStore.FENCE).renewing().lookingAround();
    }

    /** The same for a node to which nobody hands anything on. */
    public StateStore states(Ticker ticker) {
        return states(ticker, Optional.empty());
    }

    PostgreSqlStateStore states(Ticker ticker, String fence) {
        return states(ticker, Optional.empty(), fence);
    }

    PostgreSqlStateStore states(Ticker ticker, Optional<NodeAddress> announced, String fence) {
        var own = Pool.ofStates(settings);
        try {
            return new PostgreSqlStateStore(own, info, ticker, announced, fence);
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    /** What durable objects keep, whichever node has them. */
    public ObjectInventory inventory() {
        return new PostgreSqlObjectInventory(database);
    }

    /**
     * The vector indexes of the database, on connections of their own; closed by themselves.
     *
     * @throws StorageFailure.Rejected UNSUPPORTED where the database lacks the extension that they need
     */
    public SharedVectors vectors(VectorLimits limits, Randomness randomness) {
        return vectors(
                new PgvectorIndexes.Means(limits, PgvectorSearch.EXACT_BELOW, shared.cursors(), clock), randomness);
    }

    PgvectorIndexes vectors(PgvectorIndexes.Means means, Randomness randomness) {
        return PgvectorIndexes.open(settings, means, randomness);
    }

    /** What is purged from caches, for all nodes. */
    public PurgeLog purges() {
        return new PostgreSqlPurgeLog(database, clock);
    }

    public AuditSink audit() {
        return new PostgreSqlAuditSink(database);
    }

    /**
     * An index of objects, which is made when it is first asked for. From then on this node tells the others what it reads.
     *
     * @param name of the index, 1 to 64 characters
     */
    public SharedIndex objects(String name) {
        var reading = readers();
        var place = database.transact(connection -> {
            new Call(connection, MAKE_INDEX).with(name).change();
            return new Call(connection, FIND_INDEX)
                    .with(name)
                    .first(row -> row.getLong(1))
                    .orElseThrow(() -> new SQLException("object_index: no row (expected: one)", "XX000"));
        });
        return new SharedIndex(
                new PostgreSqlObjectIndex(database, reading, place, new CursorSeal(keyOf(name), clock)),
                new PostgreSqlBytesLedger(database, reading, place));
    }

    public List<StorageLevel> levels() {
        return database.levels("data");
    }

    public StorageHealth health() {
        return new PostgreSqlHealth(info, pool, clock);
    }

    @Override
    public synchronized void close() {
        if (readers != null) {
            readers.close();
        }
        pool.close();
    }

    synchronized ObjectReaders readers() {
        var open = readers;
        if (open == null) {
            var node = Bytes.copyOf(randomness.bytes(NODE_BYTES)).toHex();
            open = new ObjectReaders(database, node).beating();
            readers = open;
        }
        return open;
    }

    /** A position in one index is none in another. */
    private Bytes keyOf(String index) {
        return Sha256.of(cursorKey.concat(Bytes.utf8(index)));
    }

    /** On a connection without a statement's time limit: a migration may have much to do. */
    private static void migrate(PostgreSqlSettings settings) {
        try {
            Flyway.configure(PostgreSqlStorage.class.getClassLoader())
                    .dataSource(settings.dataSource())
                    .locations(MIGRATIONS)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "postgresql: " + reason(e), e);
        }
    }

    /** What the server or the driver said, in one line; Flyway frames it in several. */
    private static String reason(FlywayException failure) {
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException && cause.getMessage() != null) {
                return cause.getMessage().lines().findFirst().orElse("no message");
            }
        }
        return "tables cannot be made";
    }

    /** Of the nodes that offer a key one is taken; all read that one. */
    private static Bytes cursorKey(Database database, Randomness randomness) {
        var offer = Bytes.copyOf(randomness.bytes(CURSOR_KEY_BYTES));
        database.write(connection -> new Call(connection, OFFER_KEY).with(offer).change());
        return database.read(connection -> new Call(connection, READ_KEY)
                .first(row -> Bytes.copyOf(row.getBytes(1)))
                .orElseThrow(() -> new SQLException("cursor_key: no row (expected: one)", "XX000")));
    }
}
