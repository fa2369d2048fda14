package io.triport.storage.cache;

import io.triport.testkit.KeyValueStoreContract;
import io.triport.testkit.StorageFixture;

final class NotingKeyValueStoreTest extends KeyValueStoreContract {
    @Override
    protected String adapter() {
        return "edge";
    }

    @Override
    protected StorageFixture create() {
        return EdgeFixture.withinUnit();
    }
}
