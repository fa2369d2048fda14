package io.triport.manager.key;

import io.triport.domain.cursor.Cursor;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvListed;
import io.triport.domain.keyvalue.KvPage;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.KvStart;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.Storage;
import io.triport.manager.answer.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of a namespace that somebody may list, as one list in byte order, in however many parts of it they lie. */
public final class OwnKeys {
    /** Begins a cursor of ours: stores know no list of several parts. */
    private static final String MARK = "own.";

    private final KeyValueStore store;
    private final List<KeyPrefix> parts;

    private OwnKeys(KeyValueStore store, List<KeyPrefix> parts) {
        this.store = store;
        this.parts = parts;
    }

    /** @param prefix of the keys that are asked for */
    public static OwnKeys of(Storage storage, Grant grant, NamespaceTitle title, KeyPrefix prefix) {
        return new OwnKeys(storage.keyValue(grant, title), parts(grant, title, prefix));
    }

    /**
     * What somebody may list of the keys with a prefix, in parts that do not overlap, in byte order. None where nothing of it is his;
     * but for who may list nothing of the namespace at all, what was asked for, so that the store refuses it.
     */
    public static List<KeyPrefix> parts(Grant grant, NamespaceTitle title, KeyPrefix prefix) {
        var permitted = grant.prefixes(Action.KV_LIST, title.text());
        return permitted.isEmpty() ? List.of(prefix) : prefix.within(permitted);
    }

    /** A page of a list. @param cursor where the next begins; empty for the last */
    public record Listing(List<KvListed> keys, String cursor) {
        public Listing {
            keys = List.copyOf(keys);
        }

        public boolean last() {
            return cursor.isEmpty();
        }
    }

    /**
     * A page as requests ask for it.
     *
     * @param cursor of the page before; empty to begin
     * @throws io.triport.manager.answer.Refused INVALID_ARGUMENT
     */
    public Listing page(String cursor, int limit) {
        if (parts.size() == 1 && !cursor.startsWith(MARK)) {
            var start = cursor.isEmpty() ? KvStart.BEGINNING : new KvStart.At(new Cursor(cursor));
            var page = store.list(new KvQuery(parts.getFirst(), start, limit));
            return new Listing(page.keys(), page instanceof KvPage.More(var keys, var next) ? next.text() : "");
        }
        return after(cursor.isEmpty() ? null : last(cursor), limit);
    }

    private static KvKey last(String cursor) {
        try {
            if (cursor.startsWith(MARK)) {
                return new KvKey(Bytes.parseHex(cursor.substring(MARK.length())));
            }
        } catch (InvalidInput | StorageFailure e) {
            // Answered below, as any other text that is none.
        }
        throw Problem.INVALID_ARGUMENT.refused("The cursor is not valid for this list");
    }

    /** @param key null to begin */
    public Listing after(@Nullable KvKey key, int limit) {
        var found = new ArrayList<KvListed>();
        for (var part : parts) {
            if (key != null && key.bytes().compareTo(part.bytes()) > 0 && !part.covers(key.bytes())) {
                continue;
            }
            if (found.size() == limit) {
                return going(found);
            }
            KvStart start = key != null && part.covers(key.bytes()) ? new KvStart.After(key) : KvStart.BEGINNING;
            for (var more = true; more; ) {
                var page = store.list(new KvQuery(part, start, limit - found.size()));
                found.addAll(page.keys());
                more = page instanceof KvPage.More;
                if (page instanceof KvPage.More(var keys, var next)) {
                    if (found.size() == limit) {
                        return going(found);
                    }
                    start = new KvStart.At(next);
                }
            }
        }
        return new Listing(found, "");
    }

    private static Listing going(List<KvListed> found) {
        return new Listing(found, MARK + found.getLast().key().bytes().toHex());
    }
}
