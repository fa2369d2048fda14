package io.triport.storage.sqlite;

import io.triport.testkit.QueueContract;
import io.triport.testkit.StorageFixture;

final class SqliteQueueTest extends QueueContract {
    @Override
    protected String adapter() {
        return "sqlite";
    }

    @Override
    protected StorageFixture create() {
        return new SqliteFixture();
    }
}
