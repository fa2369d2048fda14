package io.triport.storage.postgresql;

import io.triport.domain.request.Bytes;
import io.triport.storage.revocation.RevocationSource;
import io.triport.storage.revocation.StoredRevocation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Rows of revocation. A row and the step of the revision are one statement. */
final class PostgreSqlRevocations implements RevocationSource {
    private static final String REVISION = "select number from revocation_revision";
    private static final String ALL = "select name, key, not_before, keep_until from revocation";
    private static final String KEEP = """
        with kept as (
          insert into revocation as r (name, key, not_before, keep_until) values (?, ?, ?, ?)
          on conflict (name) do update
          set not_before = greatest(r.not_before, excluded.not_before),
              keep_until = greatest(r.keep_until, excluded.keep_until)
          returning name
        )
        update revocation_revision set number = number + 1 where exists (select from kept)\
        """;
    private static final String FORGET = "delete from revocation where keep_until <= ?";

    private final IdentityDatabase database;

    PostgreSqlRevocations(IdentityDatabase database) {
        this.database = database;
    }

    @Override
    public long revision() {
        return database.read(connection -> new Call(connection, REVISION)
                .first(row -> row.getLong("number"))
                .orElseThrow(() -> new SQLException("revocation_revision: no row (expected: one)", "XX000")));
    }

    @Override
    public List<StoredRevocation> all() {
        return database.read(connection -> new Call(connection, ALL).all(PostgreSqlRevocations::revocation));
    }

    @Override
    public void keep(StoredRevocation revocation) {
        database.write(connection -> new Call(connection, KEEP)
                .with(revocation.name())
                .with(revocation.key())
                .with(revocation.notBeforeMillis())
                .with(revocation.keepUntilMillis())
                .change());
    }

    @Override
    public long forget(long nowMillis) {
        return database.write(
                connection -> new Call(connection, FORGET).with(nowMillis).change());
    }

    private static StoredRevocation revocation(ResultSet row) throws SQLException {
        return new StoredRevocation(
                Bytes.copyOf(row.getBytes("name")),
                Bytes.copyOf(row.getBytes("key")),
                row.getLong("not_before"),
                row.getLong("keep_until"));
    }
}
