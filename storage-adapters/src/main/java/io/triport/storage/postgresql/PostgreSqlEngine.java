package io.triport.storage.postgresql;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.ResourceCatalogue;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.table.Tables;
import io.triport.domain.time.Randomness;
import io.triport.storage.queue.Queues;
import io.triport.storage.table.TableRepositories;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** The stores of one database. */
final class PostgreSqlEngine implements StorageEngine {
    /*
     * Units. A unit locks the table `unit` first, so that units of all nodes run one after the other and what one read is
     * still so when it writes; single writes run beside them, and of those a unit sees what has committed before each of its
     * statements. Units of one node wait for each other before they take a connection, else a few of them would hold the
     * whole pool while they wait.
     */
    private static final String LOCK = "lock table unit in exclusive mode";
    private static final long LONGEST_WAIT_SECONDS = 5;

    private final Database database;
    private final Shared shared;

    PostgreSqlEngine(Database database, Shared shared) {
        this.database = database;
        this.shared = shared;
    }

    @Override
    public EngineInfo info() {
        return shared.info();
    }

    @Override
    public KeyValueStore keyValue(NamespaceTitle namespace) {
        return new PostgreSqlKeyValueStore(database, namespace, shared.cursors(), shared.clock());
    }

    @Override
    public ResourceCatalogue resources() {
        return new PostgreSqlResourceCatalogue(database, shared.queues(), shared.clock(), shared.randomness());
    }

    @Override
    public IdempotencyLedger idempotency() {
        return new PostgreSqlIdempotencyLedger(database, shared.clock());
    }

    @Override
    public Tables tables() {
        return shared.repositories().get().tables(new PostgreSqlTableAccess(database, shared.clock()));
    }

    @Override
    public CursorSeal cursors() {
        return shared.cursors();
    }

    @Override
    public Queue queue(QueueDefinition definition) {
        return shared.queues().queue(definition, new PostgreSqlQueueRows(database));
    }

    @Override
    public <R> R together(Function<StorageEngine, R> unit) {
        if (database instanceof UnitDatabase) {
            return database.transact(connection -> unit.apply(this));
        }
        waitForTurn();
        try {
            return database.transact(connection -> {
                try (var statement = connection.createStatement()) {
                    statement.execute(LOCK);
                }
                return unit.apply(new PostgreSqlEngine(new UnitDatabase(connection), shared));
            });
        } finally {
            shared.turn().release();
        }
    }

    /** The pool belongs to {@link PostgreSqlStorage}, which closes it. */
    @Override
    public void close() {
        shared.closing().run();
    }

    private void waitForTurn() {
        try {
            if (!shared.turn().tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new StorageFailure.Unavailable(FailureCode.OVERLOADED, "postgresql: too many units wait");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "postgresql: interrupted", e);
        }
    }

    /**
     * What the engine and its units have in common.
     *
     * @param turn held by the one unit of this node that runs
     * @param repositories asked for when the typed tables are
     */
    record Shared(
            EngineInfo info,
            CursorSeal cursors,
            Queues queues,
            Clock clock,
            Randomness randomness,
            Semaphore turn,
            Supplier<TableRepositories> repositories,
            Runnable closing) {
        Shared with(Supplier<TableRepositories> others) {
            return new Shared(info, cursors, queues, clock, randomness, turn, others, closing);
        }
    }
}
