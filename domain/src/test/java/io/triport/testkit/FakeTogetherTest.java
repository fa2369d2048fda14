package io.triport.testkit;

final class FakeTogetherTest extends TogetherContract {
    @Override
    protected StorageFixture create() {
        return FakeStorageFixture.bare();
    }
}
