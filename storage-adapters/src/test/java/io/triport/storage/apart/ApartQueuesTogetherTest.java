package io.triport.storage.apart;

import io.triport.testkit.StorageFixture;
import io.triport.testkit.TogetherContract;

final class ApartQueuesTogetherTest extends TogetherContract {
    @Override
    protected StorageFixture create() {
        return ApartQueuesFixture.create();
    }
}
