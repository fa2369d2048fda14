package io.triport.storage.sqlite;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvMetadata;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.request.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Entries as rows: the one place that knows the columns. */
final class SqliteEntries {
    static final long NEVER = Long.MAX_VALUE;

    static final String COLUMNS = "e.value, e.blob, e.size, e.checksum, e.metadata, e.expires_at, e.version";

    private SqliteEntries() {}

    /** An entry without its value, where that lies in a file. */
    record Row(Bytes value, String blob, long size, long checksum, Bytes metadata, long expiresAt, long version) {
        static Row read(ResultSet row) throws SQLException {
            var blob = row.getString(2);
            return new Row(
                    SqliteSession.bytes(row, 1),
                    blob == null ? "" : blob,
                    row.getLong(3),
                    row.getLong(4),
                    SqliteSession.bytes(row, 5),
                    row.getLong(6),
                    row.getLong(7));
        }

        boolean exists() {
            return version > 0;
        }

        boolean liveAt(Instant now) {
            return expiresAt > now.toEpochMilli();
        }

        boolean inFile() {
            return !blob.isEmpty();
        }

        /** @throws StorageFailure.Corrupt when this is not what was stored under the key */
        KvEntry entry(KvKey key, Bytes itsValue) {
            if (itsValue.size() != size || SqliteEntries.checksum(key, metadata, itsValue) != checksum) {
                throw new StorageFailure.Corrupt("entry: checksum differs, version " + version);
            }
            return new KvEntry(itsValue, new KvMetadata(metadata), expiry(expiresAt), new KvVersion(version));
        }
    }

    /** What a key of a namespace has now; version 0, no blob and no row where it has nothing. */
    record Present(
            long namespace,
            long version,
            long expiresAt,
            String blob,
            long size,
            @Nullable Long row) {
        static Present read(ResultSet row) throws SQLException {
            var blob = row.getString(4);
            return new Present(
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    blob == null ? "" : blob,
                    row.getLong(5),
                    row.getLong(2) > 0 ? row.getLong(6) : null);
        }

        boolean exists() {
            return version > 0;
        }

        boolean expired(Instant now) {
            return exists() && expiresAt <= now.toEpochMilli();
        }

        /** What the totals lose when it goes. */
        SqliteTotals.Change gone() {
            return exists() ? SqliteTotals.Change.less(namespace, size, expiresAt) : SqliteTotals.Change.NONE;
        }

        KvVersion liveVersion(Instant now) {
            return expiresAt > now.toEpochMilli() ? new KvVersion(version) : KvVersion.NONE;
        }

        void freeBlob(SqliteTransaction transaction) {
            if (!blob.isEmpty()) {
                transaction.blobUnnamed(blob);
            }
        }
    }

    static StorageFailure unknownNamespace() {
        return new StorageFailure.Rejected(FailureCode.NOT_FOUND, "namespace: unknown (expected: an existing one)");
    }

    static Expiry expiry(long millis) {
        return millis == NEVER ? Expiry.NEVER : Expiry.at(Instant.ofEpochMilli(millis));
    }

    /** @param settled an expiry as it lies in a store */
    static long millis(Expiry settled) {
        return switch (settled) {
            case Expiry.Never never -> NEVER;
            case Expiry.At at -> at.moment().toEpochMilli();
            case Expiry.After after ->
                throw new IllegalArgumentException("expiry: " + after.lifetime() + " (expected: a moment or never)");
        };
    }

    /** Of key, metadata and value, so that a row which took the place of another is found out too. */
    static long checksum(KvKey key, Bytes metadata, Bytes value) {
        var crc = new CRC32C();
        crc.update(key.bytes().toByteBuffer());
        crc.update(metadata.toByteBuffer());
        crc.update(value.toByteBuffer());
        return crc.getValue();
    }
}
