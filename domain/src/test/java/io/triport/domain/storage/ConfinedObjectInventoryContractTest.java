package io.triport.domain.storage;

import io.triport.domain.durable.KeptAlarm;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectInventory;
import io.triport.domain.durable.StateKey;
import io.triport.domain.request.Bytes;
import io.triport.testkit.FakeObjectInventory;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.ObjectInventoryContract;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import java.util.Map;

final class ConfinedObjectInventoryContractTest extends ObjectInventoryContract {
    private final SettableClock clock = SettableClock.anywhere();
    private final FakeObjectInventory kept = new FakeObjectInventory();
    private final ObjectInventory inventory = new Storage(
                    new FakeStorageEngine(clock),
                    Storage.Beside.NOTHING.withDurable(kept),
                    clock,
                    new SettableTicker(),
                    new RecordingStorageLog())
            .objectInventory(new TestGrants(clock).ofEverything());

    @Override
    protected ObjectInventory inventory() {
        return inventory;
    }

    @Override
    protected void keep(ObjectClass type, ObjectId id, Map<StateKey, Bytes> state, KeptAlarm alarm) {
        kept.keep(type, id, state, alarm);
    }
}
