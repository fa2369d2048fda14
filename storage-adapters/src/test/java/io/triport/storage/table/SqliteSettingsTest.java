package io.triport.storage.table;

import io.triport.storage.sqlite.SqliteData;
import io.triport.testkit.SettingsContract;
import io.triport.testkit.StorageFixture;

final class SqliteSettingsTest extends SettingsContract {
    @Override
    protected StorageFixture create() {
        return SqliteData.fresh();
    }
}
