package io.triport.storage.sql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.DeleteOutcome;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.ListStart;
import io.triport.domain.object.Listed;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.ObjectPage;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import io.triport.domain.sql.Database;
import io.triport.domain.sql.DatabaseId;
import io.triport.domain.sql.DatabaseName;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bucket that earlier states are shipped to. An object is made once and never changed, and ends with a checksum of its name and its
 * bytes. Safe for many threads.
 *
 * @param opened the bucket, which may not be there for now
 */
record ShippedBucket(Supplier<ObjectStore> opened) {
    private static final String SUM = "SHA-256";
    private static final int SUM_BYTES = 32;

    /** Of a piece, with room for the one entry that goes over it. */
    static final ByteSize MOST = ByteSize.ofMiB(16);

    /** What of a database is there. */
    ShippedFolder folder(DatabaseId id) {
        return ShippedFolder.of(id, items(ShippedNames.folder(id)), SUM_BYTES);
    }

    /** Makes an object, or finds that it is there; whether it has these bytes. */
    boolean put(ObjectKey key, Bytes bytes) {
        var whole = bytes.concat(sum(key, bytes));
        var options = WriteOptions.PLAIN.under(Conditions.CREATE_ONLY);
        return switch (opened.get().put(key, Content.of(whole), options)) {
            case PutOutcome.Stored stored -> true;
            case PutOutcome.PreconditionFailed there -> has(key, bytes);
            case PutOutcome.Conflict between -> false;
            case PutOutcome.Missing missing -> false;
            case PutOutcome.ChecksumMismatch mismatch -> false;
        };
    }

    /** Whether an object has these bytes. */
    boolean has(ObjectKey key, Bytes bytes) {
        var there = get(key);
        return there != null && bytes.equals(there);
    }

    /** Null where there is none. @throws StorageFailure.Corrupt for other bytes than were put */
    @Nullable
    Bytes get(ObjectKey key) {
        if (!(opened.get().get(ObjectRef.current(key), ReadOptions.WHOLE) instanceof GetOutcome.Found found)) {
            return null;
        }
        var whole = ContentReader.whole(found.content(), MOST);
        var size = whole.size() - SUM_BYTES;
        if (size < 0 || !whole.slice(size, whole.size()).equals(sum(key, whole.slice(0, size)))) {
            throw new StorageFailure.Corrupt("sql history: object " + key + " is damaged");
        }
        return whole.slice(0, size);
    }

    /** @throws StorageFailure.Unavailable where one is left */
    void delete(List<ObjectKey> keys) {
        for (var from = 0; from < keys.size(); from += ObjectLimits.LIST_LIMIT) {
            var some = keys.subList(from, Math.min(keys.size(), from + ObjectLimits.LIST_LIMIT));
            var outcomes =
                    opened.get().delete(some.stream().map(ObjectRef::current).toList(), Conditions.NONE);
            if (!outcomes.stream().allMatch(DeleteOutcome.Deleted.class::isInstance)) {
                throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "sql history: objects not removed");
            }
        }
    }

    /** All below a name. */
    List<ObjectKey> keys(String prefix) {
        return items(prefix).stream().map(item -> item.info().key()).toList();
    }

    /** Says which database it is; nothing more when that is said already. */
    void describe(Database database) {
        var text = database.name() + "\n" + database.created().toEpochMilli();
        if (!put(ShippedNames.about(database.id()), Bytes.utf8(text))) {
            throw new StorageFailure.Corrupt("sql history: the bucket has another database of id " + database.id());
        }
    }

    /** Null where it is not there. */
    @Nullable
    Database database(DatabaseId id) {
        var about = get(ShippedNames.about(id));
        if (about == null) {
            return null;
        }
        var lines = about.toUtf8().split("\n", -1);
        return new Database(id, new DatabaseName(lines[0]), Instant.ofEpochMilli(Long.parseLong(lines[1])));
    }

    /** Of all databases that something is there of. */
    List<DatabaseId> ids() {
        return pages(ObjectQuery.of(ShippedNames.DATABASES).rolledUpAt("/"), entry -> entry).stream()
                .filter(Listed.CommonPrefix.class::isInstance)
                .map(entry -> entry.sortedBy().toUtf8())
                .map(name -> name.substring(ShippedNames.DATABASES.length(), name.length() - 1))
                .filter(name -> name.matches("[0-9a-f-]{36}"))
                .map(DatabaseId::new)
                .toList();
    }

    private List<Listed.Item> items(String prefix) {
        return pages(ObjectQuery.of(prefix), entry -> entry instanceof Listed.Item item ? item : null);
    }

    private <R> List<R> pages(ObjectQuery query, Function<Listed, @Nullable R> taken) {
        var store = opened.get();
        var all = new ArrayList<R>();
        var page = store.list(query);
        while (true) {
            for (var entry : page.entries()) {
                var one = taken.apply(entry);
                if (one != null) {
                    all.add(one);
                }
            }
            if (!(page instanceof ObjectPage.More more)) {
                return all;
            }
            page = store.list(query.from(new ListStart.Resumed(more.next())));
        }
    }

    private static Bytes sum(ObjectKey key, Bytes bytes) {
        try {
            var sum = MessageDigest.getInstance(SUM);
            sum.update(key.bytes().toByteBuffer());
            sum.update((byte) 0);
            sum.update(bytes.toByteBuffer());
            return Bytes.copyOf(sum.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
