package io.triport.storage.table;

import io.triport.storage.postgresql.PostgreSqlData;
import io.triport.testkit.SettingsContract;
import io.triport.testkit.StorageFixture;

final class PostgreSqlSettingsTest extends SettingsContract {
    @Override
    protected StorageFixture create() {
        return PostgreSqlData.fresh();
    }
}
