package io.triport.storage.sqlite;

import io.triport.testkit.StorageFixture;
import io.triport.testkit.TogetherContract;

final class SqliteTogetherTest extends TogetherContract {
    @Override
    protected StorageFixture create() {
        return new SqliteFixture();
    }
}
