package io.triport.storage.postgresql;

import io.triport.testkit.KeyValueStoreContract;
import io.triport.testkit.StorageFixture;

final class TwoNodesKeyValueStoreTest extends KeyValueStoreContract {
    @Override
    protected String adapter() {
        return "postgresql-two-nodes";
    }

    @Override
    protected StorageFixture create() {
        return new TwoNodes();
    }
}
