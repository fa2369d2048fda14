package io.triport.storage.postgresql;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.CredentialStore;
import io.triport.domain.identity.StoredCredential;
import io.triport.domain.request.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of credential. Each change and the step of the revision are one statement, the credential's row first. */
final class PostgreSqlCredentialStore implements CredentialStore {
    private static final String FIND = "select id, sealed from credential where id = ?";
    private static final String ALL = "select id, sealed from credential order by id";
    private static final String SAVE = """
        with saved as (
          insert into credential (id, sealed) values (?, ?) on conflict (id) do update set sealed = excluded.sealed
          returning id
        )
        update credential_revision set number = number + 1 where exists (select from saved)\
        """;
    private static final String ADD = """
        with added as (
          insert into credential (id, sealed) values (?, ?) on conflict (id) do nothing returning id
        )
        update credential_revision set number = number + 1 where exists (select from added)\
        """;
    private static final String REPLACE = """
        with replaced as (update credential set sealed = ? where id = ? and sealed = ? returning id)
        update credential_revision set number = number + 1 where exists (select from replaced)\
        """;
    private static final String REMOVE = """
        with removed as (delete from credential where id = ? returning id)
        update credential_revision set number = number + 1 where exists (select from removed)\
        """;
    private static final String REMOVE_SAME = """
        with removed as (delete from credential where id = ? and sealed = ? returning id)
        update credential_revision set number = number + 1 where exists (select from removed)\
        """;
    private static final String REVISION = "select number from credential_revision";

    /** In the order of the ids, so that two nodes that note the same ones do not wait for each other in a circle. */
    private static final String NOTE = """
        insert into credential_use as u (id, used_at)
        select n.id, n.used_at from unnest(?, ?) as n (id, used_at) join credential c on c.id = n.id order by n.id
        on conflict (id) do update set used_at = greatest(u.used_at, excluded.used_at)\
        """;

    private static final String USES = "select id, used_at from credential_use";

    private final IdentityDatabase database;

    PostgreSqlCredentialStore(IdentityDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<StoredCredential> find(CredentialId id) {
        return database.read(
                connection -> new Call(connection, FIND).with(bytes(id)).first(PostgreSqlCredentialStore::credential));
    }

    @Override
    public List<StoredCredential> all() {
        return database.read(connection -> new Call(connection, ALL).all(PostgreSqlCredentialStore::credential));
    }

    @Override
    public void save(StoredCredential credential) {
        database.write(connection -> new Call(connection, SAVE)
                .with(bytes(credential.id()))
                .with(credential.sealed())
                .change());
    }

    @Override
    public boolean replace(@Nullable StoredCredential before, StoredCredential after) {
        if (before == null) {
            return database.write(connection -> new Call(connection, ADD)
                            .with(bytes(after.id()))
                            .with(after.sealed())
                            .change())
                    > 0;
        }
        return database.write(connection -> new Call(connection, REPLACE)
                        .with(after.sealed())
                        .with(bytes(before.id()))
                        .with(before.sealed())
                        .change())
                > 0;
    }

    @Override
    public boolean remove(CredentialId id) {
        return database.write(connection ->
                        new Call(connection, REMOVE).with(bytes(id)).change())
                > 0;
    }

    @Override
    public boolean remove(StoredCredential before) {
        return database.write(connection -> new Call(connection, REMOVE_SAME)
                        .with(bytes(before.id()))
                        .with(before.sealed())
                        .change())
                > 0;
    }

    @Override
    public long revision() {
        return database.read(connection -> new Call(connection, REVISION)
                .first(row -> row.getLong("number"))
                .orElseThrow(() -> new SQLException("credential_revision: no row (expected: one)", "XX000")));
    }

    @Override
    public void noteUses(Map<CredentialId, Instant> uses) {
        var noted = uses.entrySet().stream().toList();
        var ids = noted.stream().map(use -> bytes(use.getKey()).toByteArray()).toArray(byte[][]::new);
        var times = noted.stream().map(use -> use.getValue().toEpochMilli()).toArray(Long[]::new);
        database.write(
                connection -> new Call(connection, NOTE).with(ids).with(times).change());
    }

    @Override
    public Map<CredentialId, Instant> lastUses() {
        return database.read(connection -> new Call(connection, USES).all(PostgreSqlCredentialStore::use)).stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static StoredCredential credential(ResultSet row) throws SQLException {
        return new StoredCredential(id(row), Bytes.copyOf(row.getBytes("sealed")));
    }

    private static Map.Entry<CredentialId, Instant> use(ResultSet row) throws SQLException {
        return Map.entry(id(row), Instant.ofEpochMilli(row.getLong("used_at")));
    }

    private static CredentialId id(ResultSet row) throws SQLException {
        return new CredentialId(Bytes.copyOf(row.getBytes("id")).toUtf8());
    }

    private static Bytes bytes(CredentialId id) {
        return Bytes.utf8(id.text());
    }
}
