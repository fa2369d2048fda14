package io.triport.storage.table;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.Repository;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.triport.storage.jdbc.RepositoryFactory;

/** Numbers that grow. Whoever takes some holds up others until the unit ends, so that the numbers are in the order of commits. */
@JdbcRepository(dialect = Dialect.POSTGRES)
@Repository(RepositoryFactory.TABLES)
interface CounterRepository extends GenericRepository<StoredCounter, String> {
    String AUDIT = "audit";
    String JOB_EVENT = "job-event";
    String KEY_VERSION = "key-version";
    String SETTINGS = "settings";

    /** @return the last of so many numbers that nobody else gets */
    @Query("update table_counter set value = value + :count where name = :name returning value")
    long take(String name, long count);

    @Query("select value from table_counter where name = :name")
    long last(String name);
}
