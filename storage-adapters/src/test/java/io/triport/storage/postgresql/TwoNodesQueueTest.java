package io.triport.storage.postgresql;

import io.triport.testkit.QueueContract;
import io.triport.testkit.StorageFixture;

final class TwoNodesQueueTest extends QueueContract {
    @Override
    protected String adapter() {
        return "postgresql-two-nodes";
    }

    @Override
    protected StorageFixture create() {
        return new TwoNodes();
    }
}
