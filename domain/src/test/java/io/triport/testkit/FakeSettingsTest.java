package io.triport.testkit;

final class FakeSettingsTest extends SettingsContract {
    @Override
    protected StorageFixture create() {
        return FakeStorageFixture.bare();
    }
}
