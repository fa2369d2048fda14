package io.triport.storage.postgresql;

import io.triport.testkit.StorageFixture;

/** Data of its own for tests of other packages. */
public final class PostgreSqlData {
    private PostgreSqlData() {}

    public static StorageFixture fresh() {
        return new PostgreSqlFixture();
    }
}
