package io.triport.domain.storage;

import io.triport.testkit.SettingsContract;
import io.triport.testkit.StorageFixture;

final class ConfinedSettingsContractTest extends SettingsContract {
    @Override
    protected StorageFixture create() {
        return ViewedEngine.fixture();
    }
}
