package io.triport.storage.guard;

import io.triport.testkit.StorageFixture;
import io.triport.testkit.TogetherContract;

final class GuardedTogetherTest extends TogetherContract {
    @Override
    protected StorageFixture create() {
        return GuardFixture.create();
    }
}
