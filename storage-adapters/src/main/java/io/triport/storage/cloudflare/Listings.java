package io.triport.storage.cloudflare;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.keyvalue.KvCursors;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvListed;
import io.triport.domain.keyvalue.KvPage;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.request.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Lists the keys of the account from any place on. Safe for many threads. */
final class Listings {
    /*
     * The account goes on only at a cursor of its own, and we go on behind any key. So it is remembered which cursor leads to the
     * page with the key that follows. Behind a key for which none is remembered the listing is read from its beginning.
     */
    private static final int LEAST = 10;
    private static final int REMEMBERED = 10_000;

    private final Cache<Mark, String> cursors =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    private record Mark(NamespaceId namespace, KeyPrefix prefix, Bytes after) {}

    KvPage list(RemoteKeys remote, KvCursors own, KvQuery query) {
        var after = own.after(query);
        var known = after.isEmpty() ? null : cursors.getIfPresent(new Mark(remote.namespace(), query.prefix(), after));
        if (known != null) {
            try {
                return list(remote, own, query, new From(after, known));
            } catch (StorageFailure.Rejected e) {
                // The account has forgotten its cursor, or the namespace is gone, which the next call tells.
                cursors.invalidate(new Mark(remote.namespace(), query.prefix(), after));
            }
        }
        return list(remote, own, query, new From(after, ""));
    }

    private record From(Bytes after, String cursor) {
        int limit(KvQuery query) {
            var skipping = cursor.isEmpty() && !after.isEmpty();
            return skipping ? KvLimits.LIST_LIMIT : Math.max(LEAST, query.limit());
        }
    }

    private KvPage list(RemoteKeys remote, KvCursors own, KvQuery query, From from) {
        var rows = new ArrayList<KvListed>();
        var cursor = from.cursor;
        while (true) {
            var page = remote.list(query.prefix(), cursor, from.limit(query));
            for (var row : page.keys()) {
                if (row.key().bytes().compareTo(from.after) <= 0) {
                    continue;
                }
                if (rows.size() == query.limit()) {
                    return more(remote, own, query, rows, cursor);
                }
                rows.add(row);
            }
            if (page.cursor().isEmpty()) {
                return new KvPage.Last(rows);
            }
            cursor = page.cursor();
            if (rows.size() == query.limit()) {
                return more(remote, own, query, rows, cursor);
            }
        }
    }

    /** @param cursor of the page that has the key behind the last one */
    private KvPage more(RemoteKeys remote, KvCursors own, KvQuery query, List<KvListed> rows, String cursor) {
        var last = rows.getLast().key().bytes();
        cursors.put(new Mark(remote.namespace(), query.prefix(), last), cursor);
        return own.more(query, rows);
    }
}
