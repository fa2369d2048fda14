package io.triport.storage.table;

import io.micronaut.context.annotation.Requires;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.Repository;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.triport.storage.jdbc.TableAccess;
import java.util.List;
import java.util.Optional;

/** Rows of audit_entry. */
@Requires(property = TableAccess.WANTED)
@JdbcRepository(dialect = Dialect.POSTGRES)
@Repository(TableAccess.SOURCE)
interface AuditRepository extends GenericRepository<StoredAudit, Long> {
    void saveAll(List<StoredAudit> rows);

    @Query("select hash from audit_entry where id = :id")
    Optional<String> hash(long id);

    @Query("select id, namespace, key, operation, user_name, source, request, at, details, previous_hash, hash"
            + " from audit_entry where id > :after order by id limit :most")
    List<StoredAudit> behind(long after, long most);
}
