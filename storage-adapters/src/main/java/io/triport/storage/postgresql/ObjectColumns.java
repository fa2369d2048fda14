package io.triport.storage.postgresql;

import io.triport.domain.object.Checksum;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.ETag;
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
final class ObjectColumns {
    static final String OBJECT = "number, key, version, latest, modified, etag, size, bytes, upload, parts, http,"
            + " metadata, tags, storage_class, checksum";
    static final String UPLOAD = "number, id, key, started, http, metadata, tags, storage_class, algorithm, scope,"
            + " dropped, completed, claims, version, etag, size, checksum";
    static final String PART = "upload, number, at, size, etag, modified, bytes, checksum";

    private ObjectColumns() {}

    static ObjectRow object(ResultSet row) throws SQLException {
        return new ObjectRow(
                row.getLong(1),
                new ObjectKey(bytes(row, 2)),
                new VersionId(row.getString(3)),
                row.getBoolean(4),
                Instant.ofEpochMilli(row.getLong(5)),
                stored(row));
    }

    /** All columns but the number and the place, in their order. */
    static Call with(Call call, ObjectRow row) {
        call.with(row.key().bytes())
                .with(row.version().text())
                .with(row.latest())
                .with(row.modified().toEpochMilli());
        var object = row.object();
        if (object == null) {
            return call.with("")
                    .with(0L)
                    .with("")
                    .with(0L)
                    .with(0L)
                    .with(Bytes.EMPTY)
                    .with(Bytes.EMPTY)
                    .with(Bytes.EMPTY)
                    .with("")
                    .with("");
        }
        return call.with(object.etag().text())
                .with(object.size())
                .with(object.place() instanceof StoredObject.Place.Whole whole ? whole.bytes() : "")
                .with(object.place() instanceof StoredObject.Place.Parts parts ? parts.upload() : 0L)
                .with(object.place() instanceof StoredObject.Place.Parts parts ? (long) parts.count() : 0L)
                .with(JoinedTexts.of(object.http()).bytes())
                .with(joined(object.user().entries()))
                .with(joined(object.tags().entries()))
                .with(object.storageClass().text())
                .with(ChecksumText.of(object.checksum()).text());
    }

    static UploadRow upload(ResultSet row) throws SQLException {
        var algorithm = row.getString(9);
        var options = new UploadOptions(
                JoinedTexts.parse(bytes(row, 5)).http(),
                new UserMetadata(texts(row, 6)),
                new Tags(texts(row, 7)),
                new StorageClass(row.getString(8)),
                algorithm.isEmpty() ? null : ChecksumAlgorithm.valueOf(algorithm),
                Checksum.Scope.valueOf(row.getString(10)));
        return new UploadRow(
                row.getLong(1),
                new UploadId(row.getString(2)),
                new ObjectKey(bytes(row, 3)),
                Instant.ofEpochMilli(row.getLong(4)),
                options,
                row.getLong(12) == 0 ? null : completion(row),
                row.getBoolean(11));
    }

    /** What is said at the start, but for the number and the place. */
    static Call with(Call call, UploadRow row) {
        var options = row.options();
        return call.with(row.id().text())
                .with(row.key().bytes())
                .with(row.started().toEpochMilli())
                .with(JoinedTexts.of(options.http()).bytes())
                .with(joined(options.user().entries()))
                .with(joined(options.tags().entries()))
                .with(options.storageClass().text())
                .with(options.checksum() == null ? "" : options.checksum().name())
                .with(options.checksumScope().name());
    }

    /** What it became. */
    static Call with(Call call, UploadRow.@Nullable Completion completion) {
        return completion == null
                ? call.with(0L).with(Bytes.EMPTY).with("").with("").with(0L).with("")
                : call.with(completion.at().toEpochMilli())
                        .with(completion.claims())
                        .with(completion.version().text())
                        .with(completion.etag().text())
                        .with(completion.size())
                        .with(ChecksumText.of(completion.checksum()).text());
    }

    static PartRow part(ResultSet row) throws SQLException {
        return new PartRow(
                row.getLong(1),
                row.getInt(2),
                row.getLong(3),
                row.getLong(4),
                new ETag(row.getString(5)),
                Instant.ofEpochMilli(row.getLong(6)),
                row.getString(7),
                new ChecksumText(row.getString(8)).checksum());
    }

    /** All columns, in their order. */
    static Call with(Call call, PartRow part) {
        return call.with(part.upload())
                .with((long) part.number())
                .with(part.offset())
                .with(part.size())
                .with(part.etag().text())
                .with(part.modified().toEpochMilli())
                .with(part.bytes())
                .with(ChecksumText.of(part.checksum()).text());
    }

    static Bytes joined(Map<String, String> texts) {
        return new JoinedTexts(texts).bytes();
    }

    /** Null for a delete marker. */
    private static @Nullable StoredObject stored(ResultSet row) throws SQLException {
        var etag = row.getString(6);
        if (etag.isEmpty()) {
            return null;
        }
        var bytes = row.getString(8);
        return new StoredObject(
                new ETag(etag),
                row.getLong(7),
                bytes.isEmpty()
                        ? new StoredObject.Place.Parts(row.getLong(9), row.getInt(10))
                        : new StoredObject.Place.Whole(bytes),
                JoinedTexts.parse(bytes(row, 11)).http(),
                new UserMetadata(texts(row, 12)),
                new StorageClass(row.getString(14)),
                new Tags(texts(row, 13)),
                new ChecksumText(row.getString(15)).checksum());
    }

    private static UploadRow.Completion completion(ResultSet row) throws SQLException {
        return new UploadRow.Completion(
                Instant.ofEpochMilli(row.getLong(12)),
                bytes(row, 13),
                new VersionId(row.getString(14)),
                new ETag(row.getString(15)),
                row.getLong(16),
                new ChecksumText(row.getString(17)).checksum());
    }

    private static Map<String, String> texts(ResultSet row, int column) throws SQLException {
        return JoinedTexts.parse(bytes(row, column)).texts();
    }

    private static Bytes bytes(ResultSet row, int column) throws SQLException {
        return Bytes.copyOf(row.getBytes(column));
    }
}
