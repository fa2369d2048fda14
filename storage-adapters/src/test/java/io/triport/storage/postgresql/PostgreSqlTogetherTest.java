package io.triport.storage.postgresql;

import io.triport.testkit.TogetherContract;
import io.triport.testkit.StorageFixture;

final class PostgreSqlTogetherTest extends TogetherContract {
    @Override
    protected StorageFixture create() {
        return new PostgreSqlFixture();
    }
}
