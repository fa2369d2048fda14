package io.triport.storage.postgresql;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.BulkOutcome;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvCursors;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvPage;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvPut;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.KvRead;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.keyvalue.Room;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Rows of kv_entry; each statement begins at the namespace of the title, so that an unknown one gives no row at all. */
final class PostgreSqlKeyValueStore implements KeyValueStore {
    private static final String GET = """
        select e.version, case when octet_length(e.value) <= ? then e.value end as value,
               octet_length(e.value) as total, e.metadata, e.expires_at
        from namespace n
        left join kv_entry e
          on e.namespace = n.number and e.key = ? and (e.expires_at is null or e.expires_at > ?)
        where n.title = ?\
        """;
    private static final String GET_MANY = """
        select f.key, f.version, f.value, f.total, f.metadata, f.expires_at
        from namespace n
        left join lateral (
          select e.key, e.version, e.metadata, e.expires_at, sum(octet_length(e.value)) over () as total,
                 case when sum(octet_length(e.value)) over () <= ? then e.value end as value
          from kv_entry e
          where e.namespace = n.number and e.key = any (?) and (e.expires_at is null or e.expires_at > ?)
        ) f on true
        where n.title = ?\
        """;
    private static final String PUT = "select stored, present from kv_put(?, ?, ?, ?, ?, ?, ?)";
    private static final String DELETE = """
        with gone as (
          delete from kv_entry e using namespace n
          where n.title = ? and e.namespace = n.number and e.key = ?
          returning e.expires_at
        )
        select (select count(*) from gone where expires_at is null or expires_at > ?) from namespace where title = ?\
        """;
    private static final String PUT_MANY = "select kv_put_many(?, ?, ?, ?, ?, ?)";
    private static final String DELETE_MANY = """
        with held as (
          select e.namespace, e.key from kv_entry e join namespace n on n.number = e.namespace
          where n.title = ? and e.key = any (?)
          order by e.key for update of e
        ), gone as (
          delete from kv_entry e using held h where e.namespace = h.namespace and e.key = h.key
        )
        select 1 from namespace where title = ?\
        """;
    private static final String LIST = """
        select l.key, l.expires_at, l.metadata
        from namespace n
        left join lateral (
          select e.key, e.expires_at, e.metadata
          from kv_entry e
          where e.namespace = n.number and e.key > ? and e.key >= ? and (?::bytea is null or e.key < ?)
            and (e.expires_at is null or e.expires_at > ?)
          order by e.key
          limit ?
        ) l on true
        where n.title = ?
        order by l.key\
        """;

    private final Database database;
    private final NamespaceTitle namespace;
    private final KvCursors cursors;
    private final Clock clock;

    PostgreSqlKeyValueStore(Database database, NamespaceTitle namespace, CursorSeal seal, Clock clock) {
        this.database = database;
        this.namespace = namespace;
        this.cursors = new KvCursors(seal, namespace);
        this.clock = clock;
    }

    @Override
    public Optional<KvEntry> get(KvKey key, KvRead read) {
        database.hold(namespace, List.of(key));
        var found = find(key, Room.ASKED_ABOVE);
        // A longer one may have come meanwhile.
        while (found.isPresent() && found.get().unread() > 0) {
            read.room().take(found.get().unread());
            found = find(key, found.get().unread());
        }
        return found.flatMap(KvRows.Found::entry);
    }

    private Optional<KvRows.Found> find(KvKey key, long most) {
        return known(database.read(connection -> new Call(connection, GET)
                .with(most)
                .with(key.bytes())
                .with(now())
                .with(namespace.bytes())
                .first(KvRows::found)));
    }

    @Override
    public Map<KvKey, KvEntry> getMany(List<KvKey> keys, KvRead read) {
        KvLimits.checkGetMany(keys);
        database.hold(namespace, keys);
        var found = find(keys, Room.ASKED_ABOVE);
        var unread = unread(found);
        if (unread > 0) {
            KvLimits.checkAnswerBytes(unread);
            read.room().take(unread);
            found = find(keys, KvLimits.GET_MANY_BYTES);
            KvLimits.checkAnswerBytes(unread(found));
        }
        var entries = new HashMap<KvKey, KvEntry>();
        found.forEach(row -> row.found().entry().ifPresent(entry -> entries.put(row.key(), entry)));
        return Map.copyOf(entries);
    }

    private List<KvRows.FoundKey> find(List<KvKey> keys, long most) {
        return members(database.read(connection -> new Call(connection, GET_MANY)
                .with(most)
                .with(KvRows.keys(keys))
                .with(now())
                .with(namespace.bytes())
                .all(KvRows::foundKey)));
    }

    private static long unread(List<KvRows.FoundKey> found) {
        return found.stream().mapToLong(row -> row.found().unread()).max().orElse(0);
    }

    @Override
    public KvPut put(KvKey key, KvEntry entry, KvCondition condition) {
        var now = clock.instant();
        var stored = entry.stored(KvVersion.NONE, now);
        return known(database.write(connection -> new Call(connection, PUT)
                .with(namespace.bytes())
                .with(key.bytes())
                .with(stored.value())
                .with(stored.metadata().json())
                .with(KvRows.millis(stored.expiry()))
                .with(now.toEpochMilli())
                .with(expected(condition))
                .first(KvRows::put)));
    }

    @Override
    public boolean delete(KvKey key) {
        return known(database.write(connection -> new Call(connection, DELETE)
                .with(namespace.bytes())
                .with(key.bytes())
                .with(now())
                .with(namespace.bytes())
                .first(row -> row.getInt(1) > 0)));
    }

    @Override
    public BulkOutcome putMany(List<KvPair> pairs) {
        KvLimits.checkPutMany(pairs);
        var now = clock.instant();
        var batch = KvBatch.of(pairs, now);
        for (var chunk : batch.chunks()) {
            known(database.write(connection -> new Call(connection, PUT_MANY)
                    .with(namespace.bytes())
                    .with(KvRows.keys(chunk.stream().map(KvPair::key).toList()))
                    .with(KvRows.values(chunk))
                    .with(KvRows.metadata(chunk))
                    .with(KvRows.expiries(chunk))
                    .with(now.toEpochMilli())
                    .first(row -> row.getInt(1))));
        }
        return new BulkOutcome(pairs.size() - batch.failed().size(), batch.failed());
    }

    @Override
    public BulkOutcome deleteMany(List<KvKey> keys) {
        KvLimits.checkDeleteMany(keys);
        known(database.write(connection -> new Call(connection, DELETE_MANY)
                .with(namespace.bytes())
                .with(KvRows.keys(keys))
                .with(namespace.bytes())
                .first(row -> row.getInt(1))));
        return new BulkOutcome(keys.size(), List.of());
    }

    @Override
    public KvPage list(KvQuery query) {
        var after = cursors.after(query);
        var prefix = query.prefix().bytes();
        var end = KvRows.endOf(prefix);
        var rows = database.read(connection -> new Call(connection, LIST)
                .with(after)
                .with(prefix)
                .with(end)
                .with(end)
                .with(now())
                .with(query.limit() + 1L)
                .with(namespace.bytes())
                .all(KvRows::listed));
        return cursors.page(query, members(rows));
    }

    private long now() {
        return clock.instant().toEpochMilli();
    }

    /** What the statement compares with: nothing for any, 0 for an absent entry. */
    private static OptionalLong expected(KvCondition condition) {
        return switch (condition) {
            case KvCondition.Any any -> OptionalLong.empty();
            case KvCondition.IfAbsent absent -> OptionalLong.of(0);
            case KvCondition.IfVersion of -> OptionalLong.of(of.version().number());
        };
    }

    /** A statement about a namespace that exists gives a row in any case. */
    private static <R> R known(Optional<R> row) {
        return row.orElseThrow(() ->
                new StorageFailure.Rejected(FailureCode.NOT_FOUND, "namespace: unknown (expected: an existing one)"));
    }

    /** A list of no members comes as one row without one. */
    private static <R> List<R> members(List<Optional<R>> rows) {
        known(rows.stream().findFirst());
        return rows.stream().flatMap(Optional::stream).toList();
    }
}
