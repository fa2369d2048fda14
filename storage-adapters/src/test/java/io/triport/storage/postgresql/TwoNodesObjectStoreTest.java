package io.triport.storage.postgresql;

import io.triport.testkit.ObjectFixture;
import io.triport.testkit.ObjectStoreContract;

final class TwoNodesObjectStoreTest extends ObjectStoreContract {
    @Override
    protected String adapter() {
        return "postgresql-s3-two-nodes";
    }

    @Override
    protected ObjectFixture create() {
        return new SharedFixture(2);
    }
}
