package io.triport.storage.jdbc;

import io.micronaut.context.annotation.Requires;
import io.micronaut.data.jdbc.config.DataJdbcConfiguration;
import io.micronaut.data.model.query.builder.sql.Dialect;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** The settings of the repositories, which nobody has to write down. */
@Requires(property = TableAccess.WANTED)
@Singleton
@Named(TableAccess.SOURCE)
final class UnitConfiguration extends DataJdbcConfiguration {
    UnitConfiguration() {
        super(TableAccess.SOURCE);
        setDialect(Dialect.POSTGRES);
    }
}
