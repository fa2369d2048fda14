package io.triport.storage.postgresql;

import io.triport.domain.storage.StorageSettings;

/** A database of a test outside of this package. */
public record TestDatabase(StorageSettings.PostgreSql engine) implements AutoCloseable {
    public static TestDatabase fresh() {
        var settings = EmbeddedServer.freshDatabase();
        return new TestDatabase(new StorageSettings.PostgreSql(settings.url(), settings.user(), settings.password()));
    }

    @Override
    public void close() {
        EmbeddedServer.drop(new PostgreSqlSettings(engine.url(), engine.user(), engine.password()));
    }
}
