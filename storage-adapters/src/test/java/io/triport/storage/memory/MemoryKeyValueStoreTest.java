package io.triport.storage.memory;

import io.triport.testkit.KeyValueStoreContract;
import io.triport.testkit.StorageFixture;

final class MemoryKeyValueStoreTest extends KeyValueStoreContract {
    @Override
    protected String adapter() {
        return "memory";
    }

    @Override
    protected StorageFixture create() {
        return new MemoryFixture();
    }
}
