package io.triport.storage.sqlite;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.CredentialStore;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.StoredCredential;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.StorageFailure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Sealed credentials in a SQLite file. */
final class SqliteCredentialStore implements CredentialStore {
    private static final String FIND = "select id, sealed from credential where id = ?";
    private static final String ALL = "select id, sealed from credential order by id";
    private static final String SAVE = "insert or replace into credential (id, sealed) values (?, ?)";
    private static final String REMOVE = "delete from credential where id = ?";
    private static final String REVISION = "select value from counter where name = 'credentials'";
    private static final String REVISE = "update counter set value = value + 1 where name = 'credentials'";

    private final SqliteAccess access;

    SqliteCredentialStore(SqliteAccess access) {
        this.access = access;
    }

    @Override
    public Optional<StoredCredential> find(CredentialId id) {
        return answered(() -> access.read(session -> session.first(FIND, SqliteCredentialStore::credential, key(id))));
    }

    @Override
    public List<StoredCredential> all() {
        return answered(() -> access.read(session -> session.all(ALL, SqliteCredentialStore::credential)));
    }

    @Override
    public void save(StoredCredential credential) {
        answered(() -> access.write(transaction -> {
            transaction.session().change(SAVE, key(credential.id()), credential.sealed());
            return transaction.session().change(REVISE);
        }));
    }

    @Override
    public boolean remove(CredentialId id) {
        return answered(() -> access.write(transaction -> {
            var removed = transaction.session().change(REMOVE, key(id)) > 0;
            if (removed) {
                transaction.session().change(REVISE);
            }
            return removed;
        }));
    }

    @Override
    public long revision() {
        return answered(() -> access.read(
                session -> session.first(REVISION, row -> row.getLong(1)).orElseThrow()));
    }

    private static <R> R answered(Supplier<R> call) {
        try {
            return call.get();
        } catch (StorageFailure e) {
            throw new IdentityStateUnavailable("credentials: the store does not answer", e);
        }
    }

    private static Bytes key(CredentialId id) {
        return Bytes.utf8(id.text());
    }

    private static StoredCredential credential(ResultSet row) throws SQLException {
        var id = new CredentialId(SqliteSession.bytes(row, 1).toUtf8());
        return new StoredCredential(id, SqliteSession.bytes(row, 2));
    }
}
