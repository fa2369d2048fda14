package io.triport.storage.guard;

import io.triport.testkit.KeyValueStoreContract;
import io.triport.testkit.StorageFixture;

final class GuardedKeyValueStoreTest extends KeyValueStoreContract {
    @Override
    protected String adapter() {
        return "guarded";
    }

    @Override
    protected StorageFixture create() {
        return GuardFixture.create();
    }
}
