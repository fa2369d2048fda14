package io.triport.storage.sqlite;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.CredentialStore;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.StoredCredential;
import io.triport.domain.request.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sealed credentials in a SQLite file. */
final class SqliteCredentialStore implements CredentialStore {
    private static final String FIND = "select id, sealed from credential where id = ?";
    private static final String ALL = "select id, sealed from credential order by id";
    private static final String SAVE = "insert or replace into credential (id, sealed) values (?, ?)";
    private static final String ADD = "insert or ignore into credential (id, sealed) values (?, ?)";
    private static final String REPLACE = "update credential set sealed = ? where id = ? and sealed = ?";
    private static final String REMOVE = "delete from credential where id = ?";
    private static final String REMOVE_SAME = "delete from credential where id = ? and sealed = ?";
    private static final String REVISION = "select value from counter where name = 'credentials'";
    private static final String REVISE = "update counter set value = value + 1 where name = 'credentials'";

    private static final String NOTE = """
        insert into credential_use (id, used_at) select id, ? from credential where id = ?
        on conflict (id) do update set used_at = max(used_at, excluded.used_at)\
        """;
    private static final String USES = "select id, used_at from credential_use";
    private static final String FORGET_USE = "delete from credential_use where id = ?";

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
    public boolean replace(@Nullable StoredCredential before, StoredCredential after) {
        return answered(() -> access.write(transaction -> {
            var session = transaction.session();
            var changed = before == null
                    ? session.change(ADD, key(after.id()), after.sealed())
                    : session.change(REPLACE, after.sealed(), key(before.id()), before.sealed());
            var replaced = changed > 0;
            if (replaced) {
                transaction.session().change(REVISE);
            }
            return replaced;
        }));
    }

    @Override
    public boolean remove(CredentialId id) {
        return answered(() -> access.write(transaction -> {
            transaction.session().change(FORGET_USE, key(id));
            var removed = transaction.session().change(REMOVE, key(id)) > 0;
            if (removed) {
                transaction.session().change(REVISE);
            }
            return removed;
        }));
    }

    @Override
    public boolean remove(StoredCredential before) {
        return answered(() -> access.write(transaction -> {
            var session = transaction.session();
            var removed = session.change(REMOVE_SAME, key(before.id()), before.sealed()) > 0;
            if (removed) {
                session.change(FORGET_USE, key(before.id()));
                session.change(REVISE);
            }
            return removed;
        }));
    }

    @Override
    public long revision() {
        return answered(() -> access.read(
                session -> session.first(REVISION, row -> row.getLong(1)).orElseThrow()));
    }

    @Override
    public void noteUses(Map<CredentialId, Instant> uses) {
        answered(() -> access.write(transaction -> {
            uses.forEach((id, at) -> transaction.session().change(NOTE, at.toEpochMilli(), key(id)));
            return uses.size();
        }));
    }

    @Override
    public Map<CredentialId, Instant> lastUses() {
        return answered(() -> access.read(session -> session.all(USES, SqliteCredentialStore::use))).stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
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
        return new StoredCredential(id(row), SqliteSession.bytes(row, 2));
    }

    private static Map.Entry<CredentialId, Instant> use(ResultSet row) throws SQLException {
        return Map.entry(id(row), Instant.ofEpochMilli(row.getLong(2)));
    }

    private static CredentialId id(ResultSet row) throws SQLException {
        return new CredentialId(SqliteSession.bytes(row, 1).toUtf8());
    }
}
