package io.triport.storage.table;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.Repository;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.triport.storage.jdbc.RepositoryFactory;
import java.util.List;

/** Rows of job_error. */
@JdbcRepository(dialect = Dialect.POSTGRES)
@Repository(RepositoryFactory.TABLES)
interface ErrorRepository extends GenericRepository<StoredError, Long> {
    @Query("select coalesce(max(number), 0) from job_error where job = :job")
    long last(String job);

    void saveAll(List<StoredError> errors);

    @Query("select job, number, item, code, message from job_error where job = :job and number > :after"
            + " order by number limit :most")
    List<StoredError> behind(String job, long after, long most);
}
