package io.triport.storage.apart;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.storage.Capability;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.ResourceCatalogue;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.table.Tables;
import java.util.Set;
import java.util.function.Function;

/**
 * An engine of which some namespaces lie on another one.
 *
 * @param own that of the unit, within one
 */
record ApartEngine(StorageEngine own, StorageEngine other, Set<NamespaceTitle> titles, Side side)
        implements StorageEngine {
    /** An id that was given elsewhere would have to be a new one for both. */
    private static final Set<Capability> LOST = Set.of(Capability.GIVEN_IDS);

    /** Its word is that of the own one: whoever names a namespace to lie on the other knows the other's. */
    @Override
    public EngineInfo info() {
        var first = own.info().without(LOST);
        var second = other.info();
        var shortest = first.shortestLifetime().compareTo(second.shortestLifetime()) < 0
                ? second.shortestLifetime()
                : first.shortestLifetime();
        return new EngineInfo(
                first.name() + " with " + second.name(), first.durability(), shortest, first.capabilities());
    }

    @Override
    public KeyValueStore keyValue(NamespaceTitle namespace) {
        if (titles.contains(namespace)) {
            side.requireOutside();
            return other.keyValue(namespace);
        }
        return own.keyValue(namespace);
    }

    @Override
    public ResourceCatalogue resources() {
        return new ApartResourceCatalogue(own.resources(), other.resources(), titles, side);
    }

    @Override
    public IdempotencyLedger idempotency() {
        return own.idempotency();
    }

    @Override
    public Queue queue(QueueDefinition definition) {
        return own.queue(definition);
    }

    @Override
    public Tables tables() {
        return own.tables();
    }

    @Override
    public CursorSeal cursors() {
        return own.cursors();
    }

    @Override
    public <R> R together(Function<StorageEngine, R> unit) {
        return own.together(inner -> unit.apply(new ApartEngine(inner, other, titles, Side.IN_UNIT)));
    }

    @Override
    public void close() {
        own.close();
    }
}
