package io.triport.storage.table;

import io.micronaut.context.annotation.Requires;
import io.micronaut.data.annotation.Repository;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.triport.storage.jdbc.TableAccess;
import java.util.Optional;

/** Rows of job. */
@Requires(property = TableAccess.WANTED)
@JdbcRepository(dialect = Dialect.POSTGRES)
@Repository(TableAccess.SOURCE)
interface JobRepository extends GenericRepository<StoredJob, String> {
    Optional<StoredJob> findById(String id);
}
