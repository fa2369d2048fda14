package io.triport.storage.memory;

import io.triport.storage.durable.TurnsFixture;
import io.triport.testkit.DurableFixture;
import io.triport.testkit.DurableObjectsContract;
import io.triport.testkit.SettableTicker;

final class MemoryDurableObjectsTest extends DurableObjectsContract {
    @Override
    protected String adapter() {
        return "memory";
    }

    @Override
    protected DurableFixture create() {
        return new TurnsFixture(Memory::states, new SettableTicker(), () -> {});
    }
}
