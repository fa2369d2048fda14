package io.triport.storage.table;

import io.micronaut.context.annotation.Requires;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.Repository;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.triport.storage.jdbc.TableAccess;
import java.util.List;

/** Rows of job_event. */
@Requires(property = TableAccess.WANTED)
@JdbcRepository(dialect = Dialect.POSTGRES)
@Repository(TableAccess.SOURCE)
interface EventRepository extends GenericRepository<StoredEvent, Long> {
    @Query("select id, job, kind, user_name, at, details from job_event where job = :job and id > :after"
            + " order by id limit :most")
    List<StoredEvent> behind(String job, long after, long most);
}
