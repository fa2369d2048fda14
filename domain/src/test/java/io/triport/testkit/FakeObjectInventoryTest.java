package io.triport.testkit;

import io.triport.domain.durable.KeptAlarm;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectInventory;
import io.triport.domain.durable.StateKey;
import io.triport.domain.request.Bytes;
import java.util.Map;

final class FakeObjectInventoryTest extends ObjectInventoryContract {
    private final FakeObjectInventory inventory = new FakeObjectInventory();

    @Override
    protected ObjectInventory inventory() {
        return inventory;
    }

    @Override
    protected void keep(ObjectClass type, ObjectId id, Map<StateKey, Bytes> state, KeptAlarm alarm) {
        inventory.keep(type, id, state, alarm);
    }
}
