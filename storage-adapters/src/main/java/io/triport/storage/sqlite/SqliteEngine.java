package io.triport.storage.sqlite;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.storage.Capability;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.ResourceCatalogue;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.table.Tables;
import io.triport.storage.table.TableRepositories;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** The stores of one SQLite file. */
record SqliteEngine(EngineInfo info, SqliteAccess access, Supplier<TableRepositories> repositories, Runnable whenClosed)
        implements StorageEngine {
    static final String NAME = "sqlite";

    /** In a directory that this process has to itself. */
    static final EngineInfo ALONE = new EngineInfo(
            NAME,
            Durability.DURABLE,
            Set.of(Capability.ALONE, Capability.AUDIT, Capability.GIVEN_IDS, Capability.UNITS));

    /** In one that other processes have, too. */
    static final EngineInfo TOGETHER = ALONE.without(Set.of(Capability.ALONE));

    @Override
    public KeyValueStore keyValue(NamespaceTitle namespace) {
        return new SqliteKeyValueStore(access, namespace);
    }

    @Override
    public ResourceCatalogue resources() {
        return new SqliteResourceCatalogue(access);
    }

    @Override
    public Namespace adopt(Namespace namespace) {
        return new SqliteResourceCatalogue(access).adopt(namespace);
    }

    @Override
    public IdempotencyLedger idempotency() {
        return new SqliteIdempotencyLedger(access);
    }

    @Override
    public Tables tables() {
        return repositories.get().tables(new SqliteTableAccess(access));
    }

    @Override
    public CursorSeal cursors() {
        return access.cursors();
    }

    @Override
    public Queue queue(QueueDefinition definition) {
        return access.queues().queue(definition, new SqliteQueueRows(access));
    }

    @Override
    public <R> R together(Function<StorageEngine, R> unit) {
        return access.write(transaction -> unit.apply(
                new SqliteEngine(info, new SqliteUnit(transaction, access), repositories, SqliteEngine::unitEnds)));
    }

    @Override
    public void close() {
        whenClosed.run();
    }

    private static void unitEnds() {
        // With its transaction, which belongs to the writer.
    }
}
