package io.triport.storage.postgresql;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.CredentialStore;
import io.triport.domain.identity.StoredCredential;
import io.triport.domain.request.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

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
    private static final String REMOVE = """
        with removed as (delete from credential where id = ? returning id)
        update credential_revision set number = number + 1 where exists (select from removed)\
        """;
    private static final String REVISION = "select number from credential_revision";

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
    public boolean remove(CredentialId id) {
        return database.write(connection ->
                        new Call(connection, REMOVE).with(bytes(id)).change())
                > 0;
    }

    @Override
    public long revision() {
        return database.read(connection -> new Call(connection, REVISION)
                .first(row -> row.getLong("number"))
                .orElseThrow(() -> new SQLException("credential_revision: no row (expected: one)", "XX000")));
    }

    private static StoredCredential credential(ResultSet row) throws SQLException {
        var id = new CredentialId(Bytes.copyOf(row.getBytes("id")).toUtf8());
        return new StoredCredential(id, Bytes.copyOf(row.getBytes("sealed")));
    }

    private static Bytes bytes(CredentialId id) {
        return Bytes.utf8(id.text());
    }
}
