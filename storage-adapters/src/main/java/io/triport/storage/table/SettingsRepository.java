package io.triport.storage.table;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.Repository;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.triport.storage.jdbc.RepositoryFactory;
import java.util.List;
import java.util.Optional;

/** Rows of settings_document. */
@JdbcRepository(dialect = Dialect.POSTGRES)
@Repository(RepositoryFactory.TABLES)
interface SettingsRepository extends GenericRepository<StoredDocument, String> {
    @Query("select kind, id, content, version, updated_at from settings_document where kind = :kind and id = :id")
    Optional<StoredDocument> find(String kind, String id);

    @Query("select kind, id, content, version, updated_at from settings_document where kind = :kind order by id")
    List<StoredDocument> list(String kind);

    @Query("insert into settings_document (kind, id, content, version, updated_at)"
            + " values (:kind, :id, :content, :version, :updatedAt) on conflict (kind, id) do nothing")
    long add(StoredDocument document);

    @Query("update settings_document set content = :content, version = :version, updated_at = :updatedAt"
            + " where kind = :kind and id = :id")
    long replace(String kind, String id, String content, long version, long updatedAt);

    @Query("delete from settings_document where kind = :kind and id = :id")
    long remove(String kind, String id);
}
