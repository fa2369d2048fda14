package io.triport.testkit;

final class FakeQueueTest extends QueueContract {
    @Override
    protected String adapter() {
        return "fake";
    }

    @Override
    protected StorageFixture create() {
        return FakeStorageFixture.bare();
    }
}
