package io.triport.domain.storage;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.table.Tables;
import java.util.function.Function;

/**
 * The stores of one technology, before identity: what an adapter gives and {@link Storage} puts behind grants. Never handed
 * to an app. Safe for many threads.
 */
public interface StorageEngine extends AutoCloseable {
    EngineInfo info();

    /** The store of a namespace, which need not exist. Cheap: nothing is read. */
    KeyValueStore keyValue(NamespaceTitle namespace);

    ResourceCatalogue resources();

    IdempotencyLedger idempotency();

    /** Cheap: nothing is read, and a queue to which nothing was sent is empty. */
    Queue queue(QueueDefinition definition);

    /** The typed tables of this engine's data. @throws StorageFailure.Rejected UNSUPPORTED where it keeps none */
    default Tables tables() {
        throw new StorageFailure.Rejected(FailureCode.UNSUPPORTED, "tables: not kept by " + info().name());
    }

    /**
     * Makes a namespace known that has its id from elsewhere.
     *
     * @throws StorageFailure.Rejected CONFLICT when title or id are taken, UNSUPPORTED where an engine gives ids itself
     */
    default Namespace adopt(Namespace namespace) {
        throw new StorageFailure.Rejected(FailureCode.UNSUPPORTED, "namespace: ids are made by " + info().name());
    }

    /** The seal of this engine's cursors, whose key lies with its data. */
    CursorSeal cursors();

    /**
     * Runs the unit over an engine of the same data whose writes commit together when it returns, or not at all when it
     * throws. Its reads see its own writes. Units that write may run one after the other. A unit may be begun again, as if it had
     * not been, where values lie elsewhere, and where it was taken back with another one for which there was no room; so it does
     * nothing but through the engine that it is given, and counts nothing outside of itself.
     *
     * <p>What a unit has read of keys by their names, from a namespace or from the catalogue of keys, that they are not there too,
     * nobody else changes before the unit ends: their writes of these keys come before the read, or after the unit. Listings and
     * searches hold nothing. Where values lie elsewhere this holds for those who write through this engine.
     *
     * @throws StorageFailure.Rejected UNSUPPORTED where the engine does not declare {@link Capability#UNITS}; and within the unit by
     *     stores that lie on another engine than the rest
     */
    <R> R together(Function<StorageEngine, R> unit);

    @Override
    void close();
}
