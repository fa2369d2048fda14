package io.triport.storage.table;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.Repository;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.triport.storage.jdbc.RepositoryFactory;
import java.util.List;

/** Rows of job_event. */
@JdbcRepository(dialect = Dialect.POSTGRES)
@Repository(RepositoryFactory.TABLES)
interface EventRepository extends GenericRepository<StoredEvent, Long> {
    @Query("select id, job, kind, user_name, at, details from job_event where job = :job and id > :after"
            + " order by id limit :most")
    List<StoredEvent> behind(String job, long after, long most);
}
