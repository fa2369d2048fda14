package io.triport.storage.apart;

import io.triport.testkit.StorageFixture;
import io.triport.testkit.TogetherContract;

/** Units of the first engine, which has an other one beside it. */
final class ApartTogetherTest extends TogetherContract {
    @Override
    protected StorageFixture create() {
        return ApartFixture.here();
    }
}
