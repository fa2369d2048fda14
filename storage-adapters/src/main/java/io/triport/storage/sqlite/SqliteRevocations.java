package io.triport.storage.sqlite;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.storage.revocation.RevocationSource;
import io.triport.storage.revocation.StoredRevocation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;

/** Revocations in a SQLite file. */
final class SqliteRevocations implements RevocationSource {
    private static final String REVISION = "select value from counter where name = 'revocations'";
    private static final String REVISE = "update counter set value = value + 1 where name = 'revocations'";
    private static final String ALL = "select name, key, not_before, keep_until from revocation";
    private static final String KEEP = """
        insert into revocation (name, key, not_before, keep_until) values (?, ?, ?, ?)
        on conflict (name) do update
        set not_before = max(not_before, excluded.not_before), keep_until = max(keep_until, excluded.keep_until)\
        """;
    private static final String FORGET = "delete from revocation where keep_until <= ?";

    private final SqliteAccess access;

    SqliteRevocations(SqliteAccess access) {
        this.access = access;
    }

    @Override
    public long revision() {
        return answered(() -> access.read(
                session -> session.first(REVISION, row -> row.getLong(1)).orElseThrow()));
    }

    @Override
    public List<StoredRevocation> all() {
        return answered(() -> access.read(session -> session.all(ALL, SqliteRevocations::revocation)));
    }

    @Override
    public void keep(StoredRevocation revocation) {
        answered(() -> access.write(transaction -> {
            transaction
                    .session()
                    .change(
                            KEEP,
                            revocation.name(),
                            revocation.key(),
                            revocation.notBeforeMillis(),
                            revocation.keepUntilMillis());
            return transaction.session().change(REVISE);
        }));
    }

    @Override
    public long forget(long nowMillis) {
        return answered(() -> access.write(transaction -> transaction.session().change(FORGET, nowMillis)));
    }

    private static <R> R answered(Supplier<R> call) {
        try {
            return call.get();
        } catch (StorageFailure e) {
            throw new IdentityStateUnavailable("revocations: the store does not answer", e);
        }
    }

    private static StoredRevocation revocation(ResultSet row) throws SQLException {
        return new StoredRevocation(
                SqliteSession.bytes(row, 1), SqliteSession.bytes(row, 2), row.getLong(3), row.getLong(4));
    }
}
