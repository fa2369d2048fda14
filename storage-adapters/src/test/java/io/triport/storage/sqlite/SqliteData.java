package io.triport.storage.sqlite;

import io.triport.testkit.StorageFixture;

/** Data of its own for tests of other packages. */
public final class SqliteData {
    private SqliteData() {}

    public static StorageFixture fresh() {
        return new SqliteFixture();
    }
}
