package io.triport.storage.postgresql;

import io.triport.testkit.SettingsContract;
import io.triport.testkit.StorageFixture;

final class PostgreSqlSettingsTest extends SettingsContract {
    @Override
    protected StorageFixture create() {
        return new PostgreSqlFixture();
    }
}
