package io.triport.storage.postgresql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.ResourceCatalogue;
import io.triport.domain.time.Randomness;
import io.triport.storage.queue.Queues;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Rows of namespace; one without a title was dropped and is only still there for its entries. */
final class PostgreSqlResourceCatalogue implements ResourceCatalogue {
    private static final String CREATE = "insert into namespace (id, title) values (?, ?) on conflict do nothing";
    private static final String RENAME = """
        update namespace n set title = ?
        where n.id = ? and n.title is not null
          and not exists (select from namespace o where o.title = ? and o.id <> n.id)\
        """;
    private static final String DROP =
            "update namespace set title = null, dropped_at = ? where id = ? and title is not null";
    private static final String FIND_BY_TITLE = "select id, title from namespace where title = ?";
    private static final String FIND_BY_ID = "select id, title from namespace where id = ? and title is not null";
    private static final String ALL = "select id, title from namespace where title is not null order by title";
    /** Without the rows that a write holds: it may be giving the entry a new life. */
    private static final String REMOVE_EXPIRED = """
        with old as materialized (
          select namespace, key from kv_entry where expires_at <= ? limit ? for update skip locked
        )
        delete from kv_entry e using old
        where e.namespace = old.namespace and e.key = old.key\
        """;

    private static final String REMOVE_DROPPED = """
        with old as materialized (
          select k.namespace, k.key from kv_entry k join namespace n on n.number = k.namespace
          where n.title is null limit ? for update of k skip locked
        )
        delete from kv_entry e using old
        where e.namespace = old.namespace and e.key = old.key\
        """;
    private static final String REMOVE_EMPTY = """
        delete from namespace n
        where n.dropped_at <= ? and not exists (select from kv_entry e where e.namespace = n.number)\
        """;
    private static final String REMOVE_CALLS = "delete from idempotent_call where expires_at <= ?";
    private static final String REMOVE_BUCKETS = "delete from rate_bucket where expires_at <= ?";
    /** Longer than any statement that began before the drop and may still put an entry there. */
    private static final Duration LAST_PUTS = Duration.ofHours(1);

    private static final String UNIQUE_VIOLATION = "23505";

    private final Database database;
    private final Queues queues;
    private final Clock clock;
    private final Randomness randomness;

    PostgreSqlResourceCatalogue(Database database, Queues queues, Clock clock, Randomness randomness) {
        this.database = database;
        this.queues = queues;
        this.clock = clock;
        this.randomness = randomness;
    }

    @Override
    public Namespace create(NamespaceTitle title) {
        var namespace = new Namespace(NamespaceId.fresh(randomness), title);
        var created = database.write(connection -> new Call(connection, CREATE)
                .with(bytes(namespace.id()))
                .with(title.bytes())
                .change());
        if (created == 0) {
            throw taken();
        }
        return namespace;
    }

    @Override
    public Namespace rename(NamespaceId id, NamespaceTitle title) {
        var renamed = database.write(connection -> {
            try {
                return new Call(connection, RENAME)
                        .with(title.bytes())
                        .with(bytes(id))
                        .with(title.bytes())
                        .change();
            } catch (SQLException e) {
                // The title was taken between the look and the change.
                if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                    throw taken();
                }
                throw e;
            }
        });
        if (renamed == 0) {
            throw find(id).isPresent()
                    ? taken()
                    : new StorageFailure.Rejected(
                            FailureCode.NOT_FOUND, "namespace: unknown (expected: an existing one)");
        }
        return new Namespace(id, title);
    }

    @Override
    public boolean drop(NamespaceId id) {
        return database.write(connection -> new Call(connection, DROP)
                        .with(clock.instant().toEpochMilli())
                        .with(bytes(id))
                        .change())
                > 0;
    }

    @Override
    public Optional<Namespace> find(NamespaceTitle title) {
        return database.read(connection ->
                new Call(connection, FIND_BY_TITLE).with(title.bytes()).first(PostgreSqlResourceCatalogue::namespace));
    }

    @Override
    public Optional<Namespace> find(NamespaceId id) {
        return database.read(connection ->
                new Call(connection, FIND_BY_ID).with(bytes(id)).first(PostgreSqlResourceCatalogue::namespace));
    }

    @Override
    public List<Namespace> namespaces() {
        return database.read(connection -> new Call(connection, ALL).all(PostgreSqlResourceCatalogue::namespace));
    }

    @Override
    public int reclaim(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most: " + most + " (expected: 1 or more)");
        }
        var now = clock.instant();
        var removed = remove(REMOVE_EXPIRED, now.toEpochMilli(), most);
        if (removed < most) {
            removed += remove(REMOVE_DROPPED, most - removed);
            remove(REMOVE_EMPTY, now.minus(LAST_PUTS).toEpochMilli());
            remove(REMOVE_CALLS, now.toEpochMilli());
            remove(REMOVE_BUCKETS, now.toEpochMilli());
            var left = most - removed;
            removed += new PostgreSqlQueueRows(database).write(table -> queues.reclaim(table, left));
        }
        return removed;
    }

    private int remove(String sql, long... numbers) {
        return database.write(connection -> {
            var call = new Call(connection, sql);
            for (var number : numbers) {
                call.with(number);
            }
            return call.change();
        });
    }

    private static Namespace namespace(ResultSet row) throws SQLException {
        var id = new NamespaceId(Bytes.copyOf(row.getBytes("id")).toHex());
        return new Namespace(
                id, new NamespaceTitle(Bytes.copyOf(row.getBytes("title")).toUtf8()));
    }

    private static Bytes bytes(NamespaceId id) {
        return Bytes.parseHex(id.text());
    }

    private static StorageFailure.Rejected taken() {
        return new StorageFailure.Rejected(FailureCode.CONFLICT, "title: taken (expected: a new one)");
    }
}
