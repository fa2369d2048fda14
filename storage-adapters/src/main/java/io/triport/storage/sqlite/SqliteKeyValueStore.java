package io.triport.storage.sqlite;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.BulkOutcome;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvCursors;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvListed;
import io.triport.domain.keyvalue.KvMetadata;
import io.triport.domain.keyvalue.KvPage;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvPut;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.KvRead;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.keyvalue.NamespaceTitle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A namespace in a SQLite file. Every statement finds it by its title anew, because it may be renamed or dropped at any time. */
final class SqliteKeyValueStore implements KeyValueStore {
    private static final String FIND = "select " + SqliteEntries.COLUMNS + " from namespace n"
            + " left join entry e on e.namespace = n.no and e.key = ? where n.title = ?";
    private static final String PRESENT =
            "select n.no, e.version, e.expires_at, e.blob, e.size, e.rowid from namespace n"
                    + " left join entry e on e.namespace = n.no and e.key = ? where n.title = ?";
    private static final String PUT = "insert into entry (namespace, key, value, blob, size, checksum, metadata,"
            + " expires_at, version, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict"
            + " (namespace, key) do update set value = excluded.value, blob = excluded.blob, size = excluded.size,"
            + " checksum = excluded.checksum, metadata = excluded.metadata, expires_at = excluded.expires_at, version ="
            + " excluded.version, created_at = case when expires_at > excluded.updated_at then created_at else"
            + " excluded.created_at end, updated_at = excluded.updated_at";
    private static final String NUMBER = "select no from namespace where title = ?";
    private static final String DELETE = "delete from entry where namespace = ? and key = ?";
    private static final String FORGET_DETAIL = "delete from key_detail where namespace = ? and key = ?";
    private static final String NOTE_WRITE =
            "insert into recent_write (version, entry) values (?, coalesce(?, last_insert_rowid()))";
    private static final String LIST = "select key, expires_at, metadata from entry"
            + " where namespace = ? and key >= ? and key < ? and expires_at > ? order by key limit ?";

    /** A file goes when its row is replaced; a reader that comes between finds the next row when it looks again. */
    private static final int MOST_LOOKS = 100;

    private final SqliteAccess access;
    private final NamespaceTitle namespace;

    SqliteKeyValueStore(SqliteAccess access, NamespaceTitle namespace) {
        this.access = access;
        this.namespace = namespace;
    }

    @Override
    public Optional<KvEntry> get(KvKey key, KvRead read) {
        for (var look = 1; look < MOST_LOOKS; look++) {
            var row = access.read(session -> find(session, key));
            if (row.isEmpty()) {
                return Optional.empty();
            }
            read.room().takeIfLarge(row.get().size());
            var entry = entry(key, row.get());
            if (entry.isPresent()) {
                return entry;
            }
        }
        throw new StorageFailure.Corrupt("entry: its file is missing");
    }

    @Override
    public Map<KvKey, KvEntry> getMany(List<KvKey> keys, KvRead read) {
        KvLimits.checkGetMany(keys);
        var rows = access.read(session -> {
            var found = new HashMap<KvKey, SqliteEntries.Row>();
            keys.forEach(key -> find(session, key).ifPresent(row -> found.put(key, row)));
            return found;
        });
        var size = rows.values().stream().mapToLong(SqliteEntries.Row::size).sum();
        KvLimits.checkAnswerBytes(size);
        read.room().takeIfLarge(size);
        var entries = new HashMap<KvKey, KvEntry>();
        rows.forEach(
                (key, row) -> entry(key, row).or(() -> get(key, read)).ifPresent(entry -> entries.put(key, entry)));
        KvLimits.checkAnswer(entries.values());
        return Map.copyOf(entries);
    }

    @Override
    public KvPut put(KvKey key, KvEntry entry, KvCondition condition) {
        var placed = SqliteValue.place(entry.value(), access.blobs());
        return write(List.of(placed), transaction -> put(transaction, new KvPair(key, entry), condition, placed));
    }

    @Override
    public boolean delete(KvKey key) {
        return access.write(transaction -> delete(transaction, key));
    }

    @Override
    public BulkOutcome putMany(List<KvPair> pairs) {
        KvLimits.checkPutMany(pairs);
        var placed = pairs.stream()
                .map(pair -> SqliteValue.place(pair.entry().value(), access.blobs()))
                .toList();
        return write(placed, transaction -> {
            number(transaction.session());
            var failed = new ArrayList<BulkOutcome.Failed>();
            for (var i = 0; i < pairs.size(); i++) {
                try {
                    put(transaction, pairs.get(i), KvCondition.ANY, placed.get(i));
                } catch (StorageFailure.Rejected e) {
                    placed.get(i).discard(transaction);
                    failed.add(new BulkOutcome.Failed(pairs.get(i).key(), e.code()));
                }
            }
            return new BulkOutcome(pairs.size() - failed.size(), failed);
        });
    }

    @Override
    public BulkOutcome deleteMany(List<KvKey> keys) {
        KvLimits.checkDeleteMany(keys);
        return access.write(transaction -> {
            keys.forEach(key -> delete(transaction, key));
            return new BulkOutcome(keys.size(), List.of());
        });
    }

    @Override
    public KvPage list(KvQuery query) {
        var cursors = new KvCursors(access.cursors(), namespace);
        var range = KeyRange.of(query.prefix().bytes(), cursors.after(query));
        var found = access.read(session -> session.all(
                LIST,
                row -> new KvListed(
                        new KvKey(SqliteSession.bytes(row, 1)),
                        SqliteEntries.expiry(row.getLong(2)),
                        new KvMetadata(SqliteSession.bytes(row, 3))),
                number(session),
                range.from(),
                range.to(),
                access.clock().millis(),
                query.limit() + 1L));
        return cursors.page(query, found);
    }

    private Optional<SqliteEntries.Row> find(SqliteSession session, KvKey key) {
        return session.first(FIND, SqliteEntries.Row::read, key.bytes(), namespace.bytes())
                .map(Optional::of)
                .orElseThrow(SqliteEntries::unknownNamespace)
                .filter(row -> row.exists() && row.liveAt(access.clock().instant()));
    }

    /** Empty when the file has gone since the row was read. */
    private Optional<KvEntry> entry(KvKey key, SqliteEntries.Row row) {
        var value = row.inFile() ? access.blobs().read(row.blob()) : Optional.of(row.value());
        return value.map(bytes -> row.entry(key, bytes));
    }

    private <R> R write(List<SqliteValue> placed, Function<SqliteTransaction, R> work) {
        try {
            return access.write(transaction -> {
                placed.forEach(value -> value.handTo(transaction));
                return work.apply(transaction);
            });
        } catch (StorageFailure e) {
            if (e.code() != FailureCode.OUTCOME_UNKNOWN) {
                placed.forEach(value -> value.removeUnlessHanded(access.blobs()));
            }
            throw e;
        }
    }

    private KvPut put(SqliteTransaction transaction, KvPair pair, KvCondition condition, SqliteValue placed) {
        var now = access.clock().instant();
        var present = present(transaction.session(), pair.key());
        var entry = pair.entry();
        var expiry = entry.expiry().settled(now);
        if (!condition.holds(present.liveVersion(now))) {
            placed.discard(transaction);
            return new KvPut.Refused(present.liveVersion(now));
        }
        if (present.expired(now)) {
            transaction
                    .session()
                    .change(FORGET_DETAIL, present.namespace(), pair.key().bytes());
        }
        var version = transaction.nextVersion();
        var metadata = entry.metadata().json();
        var size = (long) entry.value().size();
        var expiresAt = SqliteEntries.millis(expiry);
        transaction
                .session()
                .change(
                        PUT,
                        present.namespace(),
                        pair.key().bytes(),
                        placed.inRow(),
                        placed.blob(),
                        size,
                        SqliteEntries.checksum(pair.key(), metadata, entry.value()),
                        metadata,
                        expiresAt,
                        version.number(),
                        now.toEpochMilli(),
                        now.toEpochMilli());
        transaction.session().change(NOTE_WRITE, version.number(), present.row());
        transaction.total(SqliteTotals.Change.more(present.namespace(), size, expiresAt, now.toEpochMilli())
                .and(present.gone()));
        present.freeBlob(transaction);
        return new KvPut.Stored(version);
    }

    private boolean delete(SqliteTransaction transaction, KvKey key) {
        var present = present(transaction.session(), key);
        if (present.exists()) {
            transaction.session().change(DELETE, present.namespace(), key.bytes());
            transaction.total(present.gone());
            present.freeBlob(transaction);
        }
        return !present.liveVersion(access.clock().instant()).equals(KvVersion.NONE);
    }

    private SqliteEntries.Present present(SqliteSession session, KvKey key) {
        return session.first(PRESENT, SqliteEntries.Present::read, key.bytes(), namespace.bytes())
                .orElseThrow(SqliteEntries::unknownNamespace);
    }

    private long number(SqliteSession session) {
        return session.first(NUMBER, row -> row.getLong(1), namespace.bytes())
                .orElseThrow(SqliteEntries::unknownNamespace);
    }
}
