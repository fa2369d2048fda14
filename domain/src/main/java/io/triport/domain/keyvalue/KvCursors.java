package io.triport.domain.keyvalue;

import io.triport.domain.cursor.CursorScope;
import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.cursor.StoragePort;
import io.triport.domain.request.Bytes;
import java.util.List;

/** The cursors of one namespace's listings: what every adapter does alike to find its place and to leave a mark. */
public final class KvCursors {
    private final CursorSeal seal;
    private final NamespaceTitle namespace;

    public KvCursors(CursorSeal seal, NamespaceTitle namespace) {
        this.seal = seal;
        this.namespace = namespace;
    }

    /** The key after which to go on; empty for the beginning. @throws StorageFailure.Rejected BAD_CURSOR */
    public Bytes after(KvQuery query) {
        return switch (query.start()) {
            case KvStart.Beginning b -> Bytes.EMPTY;
            case KvStart.After after -> after.key().bytes();
            case KvStart.At at -> seal.open(scope(query), at.cursor());
        };
    }

    /** The page of what was found. @param found up to one row more than the query's limit, which tells that more follow */
    public KvPage page(KvQuery query, List<KvListed> found) {
        if (found.size() <= query.limit()) {
            return new KvPage.Last(found);
        }
        return more(query, found.subList(0, query.limit()));
    }

    /** A page that another one follows. @param keys at least one */
    public KvPage more(KvQuery query, List<KvListed> keys) {
        return new KvPage.More(
                keys, seal.seal(scope(query), keys.getLast().key().bytes()));
    }

    private CursorScope scope(KvQuery query) {
        return new CursorScope(
                StoragePort.KEY_VALUE, namespace.text(), query.prefix().bytes());
    }
}
