package io.triport.storage.table;

import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.KeyRecord;
import io.triport.storage.jdbc.Moments;
import io.triport.storage.jdbc.Queries;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;

/** Rows of the view key_row as records. @param titles of the namespaces by their numbers */
record KeyRows(Map<Long, NamespaceTitle> titles) {
    private static final String COLUMNS = "select k.space, k.key, k.size, k.expires_at, k.version, k.created_at,"
            + " k.updated_at, k.tags, k.custom, k.color, k.labelled_at";
    static final String SELECT = COLUMNS + " from key_row k";
    /** The rows that were written last, at least. */
    static final String SELECT_RECENT = COLUMNS + " from key_recent k";

    /** Above every key that begins with a prefix: no UTF-8 has this byte. */
    private static final Bytes BEHIND_ALL = Bytes.copyOf(new byte[] {(byte) 0xFF});

    static KeyRows of(Spaces.Space space, NamespaceTitle title) {
        return new KeyRows(Map.of(space.number(), title));
    }

    /** The least bytes behind all keys with the prefix. */
    static Bytes endOf(Bytes prefix) {
        return prefix.concat(BEHIND_ALL);
    }

    KeyRecord read(ResultSet row) throws SQLException {
        var namespace = titles.get(row.getLong(1));
        if (namespace == null) {
            throw new IllegalStateException("space: " + row.getLong(1) + " (expected: one that was asked for)");
        }
        var labelled = row.getLong(11);
        var never = row.wasNull();
        var labels = never
                ? KeyLabels.NONE
                : new KeyLabels(Tagging.tags(row.getString(8)), new JsonText(row.getString(9)), row.getString(10));
        return new KeyRecord(
                namespace,
                new KvKey(Queries.bytes(row, 2)),
                labels,
                row.getLong(3),
                Moments.expiry(row.getLong(4)),
                new KvVersion(row.getLong(5)),
                Moments.moment(row.getLong(6)),
                Moments.moment(row.getLong(7)),
                never ? Instant.MIN : Moments.moment(labelled));
    }
}
