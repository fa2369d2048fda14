package io.triport.storage.table;

import io.micronaut.data.annotation.Repository;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.triport.storage.jdbc.RepositoryFactory;
import java.util.Optional;

/** Rows of job. */
@JdbcRepository(dialect = Dialect.POSTGRES)
@Repository(RepositoryFactory.TABLES)
interface JobRepository extends GenericRepository<StoredJob, String> {
    Optional<StoredJob> findById(String id);
}
