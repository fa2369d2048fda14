package io.triport.storage.sqlite;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.VersionId;
import io.triport.domain.request.Bytes;
import io.triport.storage.object.HeldRow;
import io.triport.storage.object.ObjectRow;
import io.triport.storage.object.ObjectRows;
import io.triport.storage.object.PartRow;
import io.triport.storage.object.UploadRow;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/** The rows as one connection sees them. */
sealed class SqliteObjectRows implements ObjectRows permits SqliteObjectChanges {
    private static final String OBJECTS = "select " + SqliteObjectColumns.OBJECT + " from object";
    private static final String UPLOADS = "select " + SqliteObjectColumns.UPLOAD + " from upload";
    private static final String PARTS = "select " + SqliteObjectColumns.PART + " from part";

    private static final String LATEST = OBJECTS + " where key = ? order by number desc limit 1";
    private static final String LATEST_HELD = "select newest.*, held.content, held.checksum from (" + LATEST
            + ") newest left join small_object held on held.number = newest.number";
    private static final String VERSION = OBJECTS + " where key = ? and version = ? limit 1";
    private static final String HAS_VERSIONS = "select 1 from object where key = ? and version <> 'null' limit 1";
    private static final String LIST = OBJECTS + " indexed by object_listed"
            + " where latest = 1 and etag is not null and key >= ? and key < ? order by key limit ?";
    private static final String REST_OF_KEY =
            OBJECTS + " indexed by object_by_key where key = ? and number < ? order by number desc limit ?";
    private static final String VERSIONS =
            OBJECTS + " indexed by object_by_key where key > ? and key < ? order by key, number desc limit ?";

    private static final String UPLOAD_BY_ID = UPLOADS + " where id = ?";
    private static final String UPLOAD_BY_NUMBER = UPLOADS + " where number = ?";
    private static final String OPEN_OF_KEY = UPLOADS + " indexed by upload_open"
            + " where dropped = 0 and completed = 0 and key = ? and number > ? order by number limit ?";
    private static final String OPEN = UPLOADS + " indexed by upload_open"
            + " where dropped = 0 and completed = 0 and key > ? and key < ? order by key, number limit ?";
    private static final String TO_COLLECT = UPLOADS + " where (dropped = 1 or completed = 0)"
            + " and (dropped = 1 or started < ?) and number > ? order by number limit ?";

    private static final String PARTS_ABOVE = PARTS + " where upload = ? and number > ? order by number limit ?";
    private static final String PART = PARTS + " where upload = ? and number = ?";
    private static final String PART_AT = PARTS + " indexed by part_by_place"
            + " where upload = ? and place >= 0 and size > 0 and place <= ? order by place desc limit 1";
    private static final String WITH_ROW = "select content, checksum from small_object where number = ?";
    private static final String NAMED =
            "select 1 from object where bytes = ? and bytes <> ''" + " union all select 1 from part where bytes = ?";

    /** Of the bytes that lie with a row, behind its own. */
    private static final int CONTENT = 16;

    private final SqliteSession session;

    SqliteObjectRows(SqliteSession session) {
        this.session = session;
    }

    @Override
    public final Optional<ObjectRow> latest(Bytes key) {
        return session.first(LATEST, SqliteObjectColumns::object, key);
    }

    @Override
    public final Optional<HeldRow> latestHeld(Bytes key) {
        return session.first(LATEST_HELD, SqliteObjectRows::held, key);
    }

    @Override
    public final Optional<ObjectRow> version(Bytes key, VersionId version) {
        return session.first(VERSION, SqliteObjectColumns::object, key, version.text());
    }

    @Override
    public final boolean hasVersions(Bytes key) {
        return session.first(HAS_VERSIONS, row -> row.getLong(1), key).isPresent();
    }

    @Override
    public final List<ObjectRow> objects(Bytes from, Bytes to, int most) {
        return session.all(LIST, SqliteObjectColumns::object, from, to, (long) most);
    }

    @Override
    public final List<ObjectRow> versions(Bytes from, long below, Bytes to, int most) {
        // Two ranges of the index: one statement over both would read all rows of the first key.
        var first = session.all(REST_OF_KEY, SqliteObjectColumns::object, from, below, (long) most);
        return first.size() == most
                ? first
                : joined(
                        first,
                        session.all(VERSIONS, SqliteObjectColumns::object, from, to, (long) most - first.size()));
    }

    @Override
    public final Optional<UploadRow> upload(String id) {
        return session.first(UPLOAD_BY_ID, SqliteObjectColumns::upload, id);
    }

    @Override
    public final Optional<UploadRow> upload(long number) {
        return session.first(UPLOAD_BY_NUMBER, SqliteObjectColumns::upload, number);
    }

    @Override
    public final List<UploadRow> openUploads(Bytes from, long above, Bytes to, int most) {
        var first = session.all(OPEN_OF_KEY, SqliteObjectColumns::upload, from, above, (long) most);
        return first.size() == most
                ? first
                : joined(first, session.all(OPEN, SqliteObjectColumns::upload, from, to, (long) most - first.size()));
    }

    @Override
    public final List<UploadRow> uploadsToCollect(long startedBefore, long above, int most) {
        return session.all(TO_COLLECT, SqliteObjectColumns::upload, startedBefore, above, (long) most);
    }

    @Override
    public final List<PartRow> parts(long upload, int above, int most) {
        return session.all(PARTS_ABOVE, SqliteObjectColumns::part, upload, (long) above, (long) most);
    }

    @Override
    public final Optional<PartRow> part(long upload, int number) {
        return session.first(PART, SqliteObjectColumns::part, upload, (long) number);
    }

    @Override
    public final Optional<PartRow> partAt(long upload, long offset) {
        return session.first(PART_AT, SqliteObjectColumns::part, upload, offset);
    }

    @Override
    public final Optional<Bytes> withRow(long number) {
        return session.first(WITH_ROW, row -> verified(number, SqliteSession.bytes(row, 1), row.getLong(2)), number);
    }

    /** The check covers the number too, so that the bytes of another do not pass for it. */
    static long check(long number, Bytes content) {
        var crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
        crc.update(content.toByteBuffer());
        return crc.getValue();
    }

    private static HeldRow held(ResultSet columns) throws SQLException {
        var row = SqliteObjectColumns.object(columns);
        var content = columns.getBytes(CONTENT);
        return new HeldRow(
                row,
                content == null ? null : verified(row.number(), Bytes.copyOf(content), columns.getLong(CONTENT + 1)));
    }

    private static Bytes verified(long number, Bytes content, long check) {
        if (check != check(number, content)) {
            throw new StorageFailure.Corrupt("object: checksum differs");
        }
        return content;
    }

    @Override
    public final boolean names(String bytes) {
        return session.first(NAMED, row -> row.getLong(1), bytes, bytes).isPresent();
    }

    private static <R> List<R> joined(List<R> first, List<R> second) {
        first.addAll(second);
        return first;
    }
}
