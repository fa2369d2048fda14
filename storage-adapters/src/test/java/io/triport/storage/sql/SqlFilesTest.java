package io.triport.storage.sql;

import io.triport.testkit.SqlDatabaseContract;
import io.triport.testkit.SqlFixture;

final class SqlFilesTest extends SqlDatabaseContract {
    @Override
    protected String adapter() {
        return "sqlite";
    }

    @Override
    protected SqlFixture create() {
        return new SqlFilesFixture();
    }
}
