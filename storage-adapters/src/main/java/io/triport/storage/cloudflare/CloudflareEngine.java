package io.triport.storage.cloudflare;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
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
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An account, with a local engine for all that the account does not keep.
 *
 * @param local that of the unit, within one
 * @param unit null outside of any
 */
record CloudflareEngine(
        StorageEngine local, Account account, @Nullable AccountUnit unit) implements StorageEngine {
    /** Of an entry in an account: Workers KV, "Write key-value pairs". */
    static final Duration SHORTEST_LIFETIME = Duration.ofSeconds(60);

    /** The account is there for others, too, and gives ids itself. */
    private static final Set<Capability> LOST = Set.of(Capability.ALONE, Capability.GIVEN_IDS);

    private static final int MOST_BEGINNINGS = 1_000;

    @Override
    public EngineInfo info() {
        var own = local.info().without(LOST);
        return new EngineInfo(own.name() + " with an account", own.durability(), SHORTEST_LIFETIME, own.capabilities());
    }

    @Override
    public KeyValueStore keyValue(NamespaceTitle namespace) {
        return new CloudflareKeyValueStore(this, namespace);
    }

    @Override
    public ResourceCatalogue resources() {
        return new CloudflareResourceCatalogue(this);
    }

    @Override
    public IdempotencyLedger idempotency() {
        return local.idempotency();
    }

    @Override
    public Queue queue(QueueDefinition definition) {
        return local.queue(definition);
    }

    @Override
    public Tables tables() {
        return new CloudflareTables(local.tables(), new CloudflareKeyCatalogue(this));
    }

    @Override
    public CursorSeal cursors() {
        return local.cursors();
    }

    @Override
    public <R> R together(Function<StorageEngine, R> work) {
        return within(work::apply);
    }

    /** The same for who needs to know that it is in a unit. */
    <R> R within(Function<CloudflareEngine, R> work) {
        if (unit != null) {
            var outer = unit;
            return local.together(inner -> work.apply(new CloudflareEngine(inner, account, outer)));
        }
        var begun = account.unit();
        try {
            var result = commit(begun, work);
            begun.committed();
            return result;
        } finally {
            begun.over();
        }
    }

    private <R> R commit(AccountUnit begun, Function<CloudflareEngine, R> work) {
        for (var beginning = 0; beginning < MOST_BEGINNINGS; beginning++) {
            try {
                return local.together(inner -> {
                    var done = work.apply(new CloudflareEngine(inner, account, begun));
                    begun.writeDown(inner);
                    return done;
                });
            } catch (Beforehand first) {
                begun.ended();
                first.run();
            }
        }
        throw new StorageFailure.Unavailable(FailureCode.OVERLOADED, "unit: begun too often");
    }

    @Override
    public void close() {
        local.close();
    }
}
