package io.triport.storage.sql;

import io.triport.testkit.SqlDatabaseContract;
import io.triport.testkit.SqlFixture;

/** The same through the views that {@code Storage} hands out. */
final class ConfinedSqlDatabaseTest extends SqlDatabaseContract {
    @Override
    protected String adapter() {
        return "confined-timed";
    }

    @Override
    protected SqlFixture create() {
        return new ViewedSqlFixture();
    }
}
