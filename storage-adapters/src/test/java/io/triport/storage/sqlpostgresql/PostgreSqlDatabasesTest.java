package io.triport.storage.sqlpostgresql;

import io.triport.testkit.SqlDatabaseContract;
import io.triport.testkit.SqlFixture;

final class PostgreSqlDatabasesTest extends SqlDatabaseContract {
    @Override
    protected String adapter() {
        return "postgresql";
    }

    @Override
    protected SqlFixture create() {
        return new PostgreSqlDatabasesFixture();
    }
}
