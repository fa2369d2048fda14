package io.triport.storage.postgresql;

import io.triport.testkit.QueueContract;
import io.triport.testkit.StorageFixture;

final class PostgreSqlQueueTest extends QueueContract {
    @Override
    protected String adapter() {
        return "postgresql";
    }

    @Override
    protected StorageFixture create() {
        return new PostgreSqlFixture();
    }
}
