package io.triport.storage.jdbc;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** Gives the repositories a source of connections to be made for. Nothing of it is made before they are asked for. */
@Factory
@Requires(property = TableAccess.WANTED)
final class RepositoryFactory {
    @Singleton
    @Named(TableAccess.SOURCE)
    DataSource source() {
        return new UnitDataSource();
    }
}
