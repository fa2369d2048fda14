package io.triport.storage.apart;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.ResourceCatalogue;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.table.Tables;
import io.triport.storage.queue.QueuePlace;
import java.util.function.Function;

/**
 * An engine whose queues lie elsewhere.
 *
 * @param own that of the unit, within one
 */
record ApartQueuesEngine(StorageEngine own, QueuePlace place, Side side) implements StorageEngine {
    /** Its word is that of the own one: whoever names a server for queues knows what that promises. */
    @Override
    public EngineInfo info() {
        var info = own.info();
        return new EngineInfo(
                info.name() + " with " + place.info().name(),
                info.durability(),
                info.shortestLifetime(),
                info.capabilities());
    }

    @Override
    public Queue queue(QueueDefinition definition) {
        side.requireOutside();
        return place.queue(definition);
    }

    @Override
    public ResourceCatalogue resources() {
        return side == Side.IN_UNIT ? own.resources() : new ApartQueuesCatalogue(own.resources(), place);
    }

    @Override
    public KeyValueStore keyValue(NamespaceTitle namespace) {
        return own.keyValue(namespace);
    }

    @Override
    public IdempotencyLedger idempotency() {
        return own.idempotency();
    }

    @Override
    public Tables tables() {
        return own.tables();
    }

    @Override
    public Namespace adopt(Namespace namespace) {
        return own.adopt(namespace);
    }

    @Override
    public CursorSeal cursors() {
        return own.cursors();
    }

    @Override
    public <R> R together(Function<StorageEngine, R> unit) {
        return own.together(inner -> unit.apply(new ApartQueuesEngine(inner, place, Side.IN_UNIT)));
    }

    @Override
    public void close() {
        own.close();
    }
}
