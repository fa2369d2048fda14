package io.triport.storage.jdbc;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** Gives the repositories a source of connections to be made for. Nothing of it is made before they are asked for. */
@Factory
public final class RepositoryFactory {
    /** The name of that source. */
    public static final String TABLES = "tables";

    @Singleton
    @Named(TABLES)
    DataSource source() {
        return new UnitDataSource();
    }
}
