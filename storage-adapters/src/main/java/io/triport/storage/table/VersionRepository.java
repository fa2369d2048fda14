package io.triport.storage.table;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.Repository;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.triport.storage.jdbc.RepositoryFactory;
import java.util.List;

/** Rows of key_version, written whole. */
@JdbcRepository(dialect = Dialect.POSTGRES)
@Repository(RepositoryFactory.TABLES)
interface VersionRepository extends GenericRepository<StoredVersion, Long> {
    void saveAll(List<StoredVersion> versions);

    @Query("delete from key_version where number in (select number from key_version"
            + " where kept_until <= :now and kept_until < 9223372036854775807 limit :most)")
    long removeEnded(long now, long most);

    @Query("delete from key_version where number in (select v.number from dropped_history d"
            + " join key_version v on v.namespace = d.namespace limit :most)")
    long removeDropped(long most);

    @Query("delete from dropped_history where not exists"
            + " (select 1 from key_version v where v.namespace = dropped_history.namespace)")
    long forgetDropped();
}
