package io.triport.storage.memory;

import io.triport.testkit.SettingsContract;
import io.triport.testkit.StorageFixture;

final class MemorySettingsTest extends SettingsContract {
    @Override
    protected StorageFixture create() {
        return new MemoryFixture();
    }
}
