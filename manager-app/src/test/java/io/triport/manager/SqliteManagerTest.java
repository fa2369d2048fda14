package io.triport.manager;

import io.triport.domain.storage.StorageSettings;

final class SqliteManagerTest extends EnginesContract {
    @Override
    protected StorageSettings.Engine engine() {
        return new StorageSettings.Embedded();
    }
}
