package io.triport.storage.sqlite;

import io.triport.testkit.SettingsContract;
import io.triport.testkit.StorageFixture;

final class SqliteSettingsTest extends SettingsContract {
    @Override
    protected StorageFixture create() {
        return new SqliteFixture();
    }
}
