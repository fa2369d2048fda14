package io.triport.storage.sqlite;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.ResourceCatalogue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The namespaces of a SQLite file. */
final class SqliteResourceCatalogue implements ResourceCatalogue {
    /*
     * Dropping. A namespace may hold millions of entries, and whoever removes them holds up all other writers. So drop takes
     * away the title and the number, by which alone entries are found, and leaves the entries to reclaim.
     */
    private static final String ALL = "select id, title from namespace order by title";
    private static final String BY_TITLE = "select id, title from namespace where title = ?";
    private static final String BY_ID = "select id, title from namespace where id = ?";
    private static final String CREATE = "insert into namespace (id, title) values (?, ?)";
    private static final String RENAME = "update namespace set title = ? where id = ?";
    private static final String DROP = "delete from namespace where id = ?";
    private static final String NOTE_DROP = "insert into dropped_namespace (no) select no from namespace where id = ?";
    private static final String EXPIRED = "select rowid, blob, namespace, size, expires_at from entry"
            + " where expires_at <= ? and expires_at < 9223372036854775807 order by expires_at limit ?";
    private static final String OF_DROPPED = "select e.rowid, e.blob, e.namespace, e.size, e.expires_at"
            + " from dropped_namespace d join entry e on e.namespace = d.no limit ?";
    private static final String REMOVE = "delete from entry where rowid = ?";
    private static final String FORGET_DROPPED = "delete from dropped_namespace where not exists"
            + " (select 1 from entry where namespace = dropped_namespace.no)";
    private static final String FORGET_TOTALS = "delete from namespace_total where namespace not in"
            + " (select no from namespace union all select no from dropped_namespace)";
    private static final String FORGET_WRITES = "delete from recent_write where version <="
            + " (select value from counter where name = 'version') - 200000";
    private static final String FORGET_CALLS = "delete from idempotent_call where call in"
            + " (select call from idempotent_call where kept_until <= ? limit ?)";

    private final SqliteAccess access;

    SqliteResourceCatalogue(SqliteAccess access) {
        this.access = access;
    }

    private record Reclaimable(long row, String blob, SqliteTotals.Change gone) {
        static Reclaimable read(ResultSet row) throws SQLException {
            var gone = SqliteTotals.Change.less(row.getLong(3), row.getLong(4), row.getLong(5));
            return new Reclaimable(row.getLong(1), row.getString(2), gone);
        }
    }

    @Override
    public Namespace create(NamespaceTitle title) {
        return adopt(new Namespace(NamespaceId.fresh(access.randomness()), title));
    }

    /** With the id that it has elsewhere. */
    Namespace adopt(Namespace namespace) {
        return access.write(transaction -> {
            requireFree(transaction.session(), namespace.title());
            if (find(transaction.session(), namespace.id()).isPresent()) {
                throw new StorageFailure.Rejected(FailureCode.CONFLICT, "id: taken (expected: a new one)");
            }
            transaction
                    .session()
                    .change(CREATE, namespace.id().text(), namespace.title().bytes());
            return namespace;
        });
    }

    @Override
    public Namespace rename(NamespaceId id, NamespaceTitle title) {
        return access.write(transaction -> {
            var present = find(transaction.session(), id).orElseThrow(SqliteEntries::unknownNamespace);
            if (!present.title().equals(title)) {
                requireFree(transaction.session(), title);
                transaction.session().change(RENAME, title.bytes(), id.text());
            }
            return new Namespace(id, title);
        });
    }

    @Override
    public boolean drop(NamespaceId id) {
        return access.write(transaction -> {
            transaction.session().change(NOTE_DROP, id.text());
            return transaction.session().change(DROP, id.text()) > 0;
        });
    }

    @Override
    public Optional<Namespace> find(NamespaceTitle title) {
        return access.read(session -> find(session, title));
    }

    @Override
    public Optional<Namespace> find(NamespaceId id) {
        return access.read(session -> find(session, id));
    }

    @Override
    public List<Namespace> namespaces() {
        return access.read(session -> session.all(ALL, SqliteResourceCatalogue::namespace));
    }

    @Override
    public int reclaim(int most) {
        return access.write(transaction -> {
            var now = access.clock().millis();
            var removed = remove(transaction, EXPIRED, now, (long) most);
            removed += removed < most ? remove(transaction, OF_DROPPED, (long) (most - removed)) : 0;
            if (transaction.session().change(FORGET_DROPPED) > 0) {
                transaction.writeTotals();
                transaction.session().change(FORGET_TOTALS);
            }
            transaction.session().change(FORGET_WRITES);
            transaction.session().change(FORGET_CALLS, now, (long) most);
            return removed + access.queues().reclaim(new SqliteQueueTable(transaction.session()), most - removed);
        });
    }

    private static int remove(SqliteTransaction transaction, String which, Object... values) {
        var gone = transaction.session().all(which, Reclaimable::read, values);
        for (var entry : gone) {
            transaction.session().change(REMOVE, entry.row());
            transaction.total(entry.gone());
            if (!entry.blob().isEmpty()) {
                transaction.blobUnnamed(entry.blob());
            }
        }
        return gone.size();
    }

    private static void requireFree(SqliteSession session, NamespaceTitle title) {
        if (find(session, title).isPresent()) {
            throw new StorageFailure.Rejected(FailureCode.CONFLICT, "title: taken (expected: a new one)");
        }
    }

    private static Optional<Namespace> find(SqliteSession session, NamespaceTitle title) {
        return session.first(BY_TITLE, SqliteResourceCatalogue::namespace, title.bytes());
    }

    private static Optional<Namespace> find(SqliteSession session, NamespaceId id) {
        return session.first(BY_ID, SqliteResourceCatalogue::namespace, id.text());
    }

    private static Namespace namespace(ResultSet row) throws SQLException {
        return new Namespace(
                new NamespaceId(row.getString(1)),
                new NamespaceTitle(SqliteSession.bytes(row, 2).toUtf8()));
    }
}
