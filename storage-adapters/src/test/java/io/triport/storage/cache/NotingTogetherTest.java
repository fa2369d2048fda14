package io.triport.storage.cache;

import io.triport.testkit.StorageFixture;
import io.triport.testkit.TogetherContract;

final class NotingTogetherTest extends TogetherContract {
    @Override
    protected StorageFixture create() {
        return EdgeFixture.withinUnit();
    }
}
