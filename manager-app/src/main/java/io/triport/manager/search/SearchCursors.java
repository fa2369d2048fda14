package io.triport.manager.search;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.cursor.Cursor;
import io.triport.domain.cursor.CursorScope;
import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.cursor.StoragePort;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.KeyRecord;
import io.triport.domain.table.KeySearch;
import io.triport.manager.route.Query;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Set;
import java.util.TreeMap;

/** Marks the place in what a search finds, for the same search alone. Safe for many threads. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class SearchCursors {
    /** What may differ from page to page. */
    private static final Set<String> OF_A_PAGE = Set.of("cursor", "limit", "offset", "preview", "_t");

    private static final int TITLE_LENGTH_BYTES = 2;
    private static final int NUMBERS = 3;

    private final CursorSeal seal;

    SearchCursors(CursorSeal seal) {
        this.seal = seal;
    }

    /** @throws io.triport.domain.failure.StorageFailure.Rejected BAD_CURSOR */
    KeySearch.Start start(Query query) {
        var text = query.text("cursor").orElse("");
        return text.isEmpty()
                ? KeySearch.Start.BEGINNING
                : new KeySearch.Start.After(read(seal.open(scope(query), new Cursor(text))));
    }

    String after(Query query, KeyRecord last) {
        return seal.seal(scope(query), written(last)).text();
    }

    private static CursorScope scope(Query query) {
        var asked = new TreeMap<>(query.parameters());
        asked.keySet().removeAll(OF_A_PAGE);
        return new CursorScope(StoragePort.KEY_CATALOGUE, "search", Bytes.utf8(asked.toString()));
    }

    private static Bytes written(KeyRecord last) {
        var title = last.namespace().bytes();
        var key = last.key().bytes();
        var ends = last.expiry() instanceof Expiry.At(var moment) ? moment.toEpochMilli() : Long.MAX_VALUE;
        return Bytes.copyOf(ByteBuffer.allocate(NUMBERS * Long.BYTES + TITLE_LENGTH_BYTES + title.size() + key.size())
                .putLong(last.version().number())
                .putLong(last.size())
                .putLong(ends)
                .putShort((short) title.size())
                .put(title.toByteBuffer())
                .put(key.toByteBuffer())
                .array());
    }

    private static KeyRecord read(Bytes position) {
        var from = position.toByteBuffer();
        var version = new KvVersion(from.getLong());
        var size = from.getLong();
        var ends = from.getLong();
        var title = new byte[from.getShort()];
        from.get(title);
        var key = new byte[from.remaining()];
        from.get(key);
        return new KeyRecord(
                new NamespaceTitle(Bytes.copyOf(title).toUtf8()),
                new KvKey(Bytes.copyOf(key)),
                KeyLabels.NONE,
                size,
                ends == Long.MAX_VALUE ? Expiry.NEVER : Expiry.at(Instant.ofEpochMilli(ends)),
                version,
                Instant.MIN,
                Instant.MIN,
                Instant.MIN);
    }
}
