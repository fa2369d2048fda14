package io.triport.storage.postgresql;

import io.triport.testkit.StorageFixture;
import io.triport.testkit.TogetherContract;

final class TwoNodesTogetherTest extends TogetherContract {
    @Override
    protected StorageFixture create() {
        return new TwoNodes();
    }
}
