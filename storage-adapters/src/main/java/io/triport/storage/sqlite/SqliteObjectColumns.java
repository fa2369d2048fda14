package io.triport.storage.sqlite;

import io.triport.domain.object.Checksum;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.ETag;
import io.triport.domain.object.HttpMetadata;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.StorageClass;
import io.triport.domain.object.Tags;
import io.triport.domain.object.UploadId;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.object.UserMetadata;
import io.triport.domain.object.VersionId;
import io.triport.domain.request.Bytes;
import io.triport.storage.object.ChecksumText;
import io.triport.storage.object.JoinedTexts;
import io.triport.storage.object.ObjectRow;
import io.triport.storage.object.PartRow;
import io.triport.storage.object.StoredObject;
import io.triport.storage.object.UploadRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects, uploads and parts as columns: the one place that knows their forms. */
final class SqliteObjectColumns {
    static final String OBJECT = "number, key, version, latest, modified, etag, size, bytes, upload, parts, http,"
            + " metadata, tags, storage_class, checksum";
    static final String UPLOAD = "number, id, key, started, http, metadata, tags, storage_class, algorithm, scope,"
            + " dropped, completed, claims, version, etag, size, checksum";
    static final String PART = "upload, number, place, size, etag, modified, bytes, checksum";

    private SqliteObjectColumns() {}

    static ObjectRow object(ResultSet row) throws SQLException {
        return new ObjectRow(
                row.getLong(1),
                new ObjectKey(SqliteSession.bytes(row, 2)),
                new VersionId(SqliteSession.text(row, 3)),
                row.getLong(4) == 1,
                Instant.ofEpochMilli(row.getLong(5)),
                stored(row));
    }

    static @Nullable Object[] values(ObjectRow row) {
        var object = row.object();
        return object == null
                ? new @Nullable Object[] {
                    row.number(),
                    row.key().bytes(),
                    row.version().text(),
                    flag(row.latest()),
                    row.modified().toEpochMilli(),
                    null,
                    0L,
                    "",
                    0L,
                    0L,
                    Bytes.EMPTY,
                    Bytes.EMPTY,
                    Bytes.EMPTY,
                    "",
                    ""
                }
                : new @Nullable Object[] {
                    row.number(),
                    row.key().bytes(),
                    row.version().text(),
                    flag(row.latest()),
                    row.modified().toEpochMilli(),
                    object.etag().text(),
                    object.size(),
                    object.place() instanceof StoredObject.Place.Whole whole ? whole.bytes() : "",
                    object.place() instanceof StoredObject.Place.Parts parts ? parts.upload() : 0L,
                    object.place() instanceof StoredObject.Place.Parts parts ? (long) parts.count() : 0L,
                    joined(object.http()),
                    joined(object.user().entries()),
                    joined(object.tags().entries()),
                    object.storageClass().text(),
                    text(object.checksum())
                };
    }

    static UploadRow upload(ResultSet row) throws SQLException {
        var algorithm = SqliteSession.text(row, 9);
        var options = new UploadOptions(
                http(SqliteSession.bytes(row, 5)),
                new UserMetadata(separated(SqliteSession.bytes(row, 6))),
                new Tags(separated(SqliteSession.bytes(row, 7))),
                new StorageClass(SqliteSession.text(row, 8)),
                algorithm.isEmpty() ? null : ChecksumAlgorithm.valueOf(algorithm),
                Checksum.Scope.valueOf(SqliteSession.text(row, 10)));
        return new UploadRow(
                row.getLong(1),
                new UploadId(SqliteSession.text(row, 2)),
                new ObjectKey(SqliteSession.bytes(row, 3)),
                Instant.ofEpochMilli(row.getLong(4)),
                options,
                row.getLong(12) == 0 ? null : completion(row),
                row.getLong(11) == 1);
    }

    static Object[] values(UploadRow row) {
        var options = row.options();
        var completion = row.completion();
        return new Object[] {
            row.number(),
            row.id().text(),
            row.key().bytes(),
            row.started().toEpochMilli(),
            joined(options.http()),
            joined(options.user().entries()),
            joined(options.tags().entries()),
            options.storageClass().text(),
            options.checksum() == null ? "" : options.checksum().name(),
            options.checksumScope().name(),
            flag(row.dropped()),
            completion == null ? 0L : completion.at().toEpochMilli(),
            completion == null ? Bytes.EMPTY : completion.claims(),
            completion == null ? "" : completion.version().text(),
            completion == null ? "" : completion.etag().text(),
            completion == null ? 0L : completion.size(),
            completion == null ? "" : text(completion.checksum())
        };
    }

    static PartRow part(ResultSet row) throws SQLException {
        return new PartRow(
                row.getLong(1),
                row.getInt(2),
                row.getLong(3),
                row.getLong(4),
                new ETag(SqliteSession.text(row, 5)),
                Instant.ofEpochMilli(row.getLong(6)),
                SqliteSession.text(row, 7),
                checksum(SqliteSession.text(row, 8)));
    }

    static Object[] values(PartRow part) {
        return new Object[] {
            part.upload(),
            (long) part.number(),
            part.offset(),
            part.size(),
            part.etag().text(),
            part.modified().toEpochMilli(),
            part.bytes(),
            text(part.checksum())
        };
    }

    /** As {@link JoinedTexts} has them. */
    static Bytes joined(Map<String, String> texts) {
        return texts.isEmpty() ? Bytes.EMPTY : new JoinedTexts(texts).bytes();
    }

    private static Map<String, String> separated(Bytes joined) {
        return JoinedTexts.parse(joined).texts();
    }

    /** Null for a delete marker. */
    private static @Nullable StoredObject stored(ResultSet row) throws SQLException {
        var etag = SqliteSession.text(row, 6);
        if (etag.isEmpty()) {
            return null;
        }
        var bytes = SqliteSession.text(row, 8);
        return new StoredObject(
                new ETag(etag),
                row.getLong(7),
                place(bytes, row.getLong(9), row.getInt(10)),
                http(SqliteSession.bytes(row, 11)),
                new UserMetadata(separated(SqliteSession.bytes(row, 12))),
                storageClass(SqliteSession.text(row, 14)),
                new Tags(separated(SqliteSession.bytes(row, 13))),
                checksum(SqliteSession.text(row, 15)));
    }

    /** Uploads have numbers of 1 and more. */
    private static StoredObject.Place place(String bytes, long upload, int parts) {
        if (!bytes.isEmpty()) {
            return new StoredObject.Place.Whole(bytes);
        }
        return upload == 0 ? new StoredObject.Place.WithRow() : new StoredObject.Place.Parts(upload, parts);
    }

    private static UploadRow.Completion completion(ResultSet row) throws SQLException {
        return new UploadRow.Completion(
                Instant.ofEpochMilli(row.getLong(12)),
                SqliteSession.bytes(row, 13),
                new VersionId(SqliteSession.text(row, 14)),
                new ETag(SqliteSession.text(row, 15)),
                row.getLong(16),
                checksum(SqliteSession.text(row, 17)));
    }

    private static Bytes joined(HttpMetadata http) {
        return JoinedTexts.of(http).bytes();
    }

    private static HttpMetadata http(Bytes joined) {
        return JoinedTexts.parse(joined).http();
    }

    private static String text(@Nullable Checksum checksum) {
        return ChecksumText.of(checksum).text();
    }

    private static @Nullable Checksum checksum(String text) {
        return new ChecksumText(text).checksum();
    }

    private static StorageClass storageClass(String text) {
        return text.equals(StorageClass.STANDARD.text()) ? StorageClass.STANDARD : new StorageClass(text);
    }

    private static Long flag(boolean set) {
        return set ? 1L : 0L;
    }
}
