package io.triport.storage.postgresql;

import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvListed;
import io.triport.domain.keyvalue.KvMetadata;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvPut;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.request.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Entries as columns, both ways. */
final class KvRows {
    private KvRows() {}

    /** An entry, or how many bytes stand in the way of its value: those of the row, or of all rows of one answer. */
    record Found(@Nullable KvEntry read, long unread) {
        Optional<KvEntry> entry() {
            return Optional.ofNullable(read);
        }
    }

    /** The same of one key among several. */
    record FoundKey(KvKey key, Found found) {}

    /** The outer join gives no version where there is no entry. */
    static Optional<Found> found(ResultSet row) throws SQLException {
        var version = row.getLong("version");
        if (row.wasNull()) {
            return Optional.empty();
        }
        var value = row.getBytes("value");
        if (value == null) {
            return Optional.of(new Found(null, row.getLong("total")));
        }
        var entry = new KvEntry(Bytes.copyOf(value), metadata(row), expiry(row), new KvVersion(version));
        return Optional.of(new Found(entry, 0));
    }

    static Optional<FoundKey> foundKey(ResultSet row) throws SQLException {
        var found = found(row);
        return found.isPresent() ? Optional.of(new FoundKey(key(row), found.get())) : Optional.empty();
    }

    static Optional<KvListed> listed(ResultSet row) throws SQLException {
        return row.getBytes("key") == null
                ? Optional.empty()
                : Optional.of(new KvListed(key(row), expiry(row), metadata(row)));
    }

    static KvPut put(ResultSet row) throws SQLException {
        var present = new KvVersion(row.getLong("present"));
        return row.getBoolean("stored") ? new KvPut.Stored(present) : new KvPut.Refused(present);
    }

    static OptionalLong millis(Expiry settled) {
        return settled instanceof Expiry.At at ? OptionalLong.of(at.moment().toEpochMilli()) : OptionalLong.empty();
    }

    static byte[][] keys(List<KvKey> keys) {
        return keys.stream().map(key -> key.bytes().toByteArray()).toArray(byte[][]::new);
    }

    static byte[][] values(List<KvPair> pairs) {
        return pairs.stream().map(pair -> pair.entry().value().toByteArray()).toArray(byte[][]::new);
    }

    static byte[][] metadata(List<KvPair> pairs) {
        return pairs.stream()
                .map(pair -> pair.entry().metadata().json().toByteArray())
                .toArray(byte[][]::new);
    }

    static Long[] expiries(List<KvPair> pairs) {
        return pairs.stream()
                .map(pair -> pair.entry().expiry() instanceof Expiry.At at
                        ? at.moment().toEpochMilli()
                        : null)
                .toArray(Long[]::new);
    }

    /** The least byte string behind all that begin with the prefix; none when nothing lies behind them. */
    static Optional<Bytes> endOf(Bytes prefix) {
        var bytes = prefix.toByteArray();
        for (var last = bytes.length - 1; last >= 0; last--) {
            if (bytes[last] != (byte) 0xFF) {
                bytes[last]++;
                return Optional.of(Bytes.copyOf(Arrays.copyOf(bytes, last + 1)));
            }
        }
        return Optional.empty();
    }

    private static KvKey key(ResultSet row) throws SQLException {
        return new KvKey(Bytes.copyOf(row.getBytes("key")));
    }

    private static KvMetadata metadata(ResultSet row) throws SQLException {
        return new KvMetadata(Bytes.copyOf(row.getBytes("metadata")));
    }

    private static Expiry expiry(ResultSet row) throws SQLException {
        var millis = row.getLong("expires_at");
        return row.wasNull() ? Expiry.NEVER : Expiry.at(Instant.ofEpochMilli(millis));
    }
}
