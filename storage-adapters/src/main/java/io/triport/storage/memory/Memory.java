package io.triport.storage.memory;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.identity.CredentialStore;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.queue.QueueDeliveries;
import io.triport.domain.request.Bytes;
import io.triport.domain.schedule.TickLedger;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.ObjectCapability;
import io.triport.domain.storage.ObjectStoreInfo;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.storage.StorageHealth;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.storage.durable.StateStore;
import io.triport.storage.object.EmbeddedObjects;
import io.triport.storage.queue.Queues;
import io.triport.storage.revocation.RevocationSource;
import java.time.Clock;
import java.util.Set;

/** An engine, a store of credentials and a source of revocations that end with the process. */
public final class Memory {
    /** What objects in memory declare. */
    public static final ObjectStoreInfo OBJECTS =
            new ObjectStoreInfo(MemoryEngine.INFO.name(), Durability.VOLATILE, Set.of(ObjectCapability.values()));

    private static final int KEY_BYTES = 32;

    private final MemoryEngine engine;
    private final CredentialStore credentials = new MemoryCredentialStore();
    private final RevocationSource revocations = new MemoryRevocations();
    private final TickLedger ticks = new MemoryTickLedger();

    private Memory(MemoryEngine engine) {
        this.engine = engine;
    }

    public static Memory open(Clock clock, Randomness randomness) {
        var seal = new CursorSeal(Bytes.copyOf(randomness.bytes(KEY_BYTES)), clock);
        var queues = new Queues(seal, clock, randomness);
        return new Memory(new MemoryEngine(new MemoryData(), seal, queues, clock, randomness));
    }

    /** Objects of no bucket yet, in memory of their own. */
    public static EmbeddedObjects objects(Clock clock, Randomness randomness) {
        var bytes = new MemoryObjectBytes(randomness);
        var seal = new CursorSeal(Bytes.copyOf(randomness.bytes(KEY_BYTES)), clock);
        return new EmbeddedObjects(new MemoryObjectIndex(bytes::remove, seal), bytes, clock, randomness);
    }

    /** The state of durable objects, none yet. */
    public static StateStore states() {
        return new MemoryStateStore();
    }

    public StorageEngine engine() {
        return engine;
    }

    /** What brings messages of the engine's queues to consumers. */
    public QueueDeliveries deliveries(QueueDefinitions definitions, Ticker ticker) {
        return engine.queues().deliveries(definitions, MemoryEngine.rows(engine.data()), ticker);
    }

    public TickLedger ticks() {
        return ticks;
    }

    public CredentialStore credentials() {
        return credentials;
    }

    public RevocationSource revocations() {
        return revocations;
    }

    public StorageHealth health() {
        return new StorageHealth() {
            @Override
            public EngineInfo info() {
                return engine.info();
            }

            @Override
            public boolean answers() {
                return true;
            }
        };
    }
}
