package io.triport.storage.jdbc;

import io.micronaut.data.jdbc.config.DataJdbcConfiguration;
import io.micronaut.data.model.query.builder.sql.Dialect;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** The settings of the repositories, which nobody has to write down. */
@Singleton
@Named(RepositoryFactory.TABLES)
final class UnitConfiguration extends DataJdbcConfiguration {
    UnitConfiguration() {
        super(RepositoryFactory.TABLES);
        setDialect(Dialect.POSTGRES);
    }
}
