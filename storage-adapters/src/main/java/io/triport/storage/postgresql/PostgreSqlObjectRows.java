package io.triport.storage.postgresql;

import io.triport.domain.object.VersionId;
import io.triport.domain.request.Bytes;
import io.triport.storage.object.HeldRow;
import io.triport.storage.object.ObjectRow;
import io.triport.storage.object.ObjectRows;
import io.triport.storage.object.PartRow;
import io.triport.storage.object.UploadRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The rows of an index as they are committed when each is asked for. */
sealed class PostgreSqlObjectRows implements ObjectRows permits PostgreSqlObjectChanges {
    private static final String OBJECTS = "select " + ObjectColumns.OBJECT + " from object_row where place = ?";
    private static final String UPLOADS = "select " + ObjectColumns.UPLOAD + " from object_upload where place = ?";
    private static final String PARTS = "select " + ObjectColumns.PART + " from object_part where upload = ?";

    private static final String LATEST = OBJECTS + " and key = ? order by number desc limit 1";
    private static final String VERSION = OBJECTS + " and key = ? and version = ? order by number desc limit 1";
    private static final String HAS_VERSIONS =
            "select 1 from object_row where place = ? and key = ? and version <> 'null' limit 1";
    private static final String LIST =
            OBJECTS + " and latest and etag <> '' and key >= ? and key < ? order by key limit ?";
    private static final String REST_OF_KEY = OBJECTS + " and key = ? and number < ? order by number desc limit ?";
    private static final String VERSIONS = OBJECTS + " and key > ? and key < ? order by key, number desc limit ?";

    private static final String UPLOAD_BY_ID = UPLOADS + " and id = ?";
    private static final String UPLOAD_BY_NUMBER = UPLOADS + " and number = ?";
    private static final String OPEN_OF_KEY =
            UPLOADS + " and not dropped and completed = 0 and key = ? and number > ? order by number limit ?";
    private static final String OPEN =
            UPLOADS + " and not dropped and completed = 0 and key > ? and key < ? order by key, number limit ?";
    /** Nobody reads the parts of one that became no object; those of others may have readers on any node. */
    static final String UNREAD = "(completed = 0 or " + ObjectReaders.unread("dropped_at", "dropped_by") + ")";

    private static final String TO_COLLECT = UPLOADS + " and (dropped or completed = 0) and (dropped and " + UNREAD
            + " or not dropped and started < ?) and number > ? order by number limit ?";

    private static final String PARTS_ABOVE = PARTS + " and number > ? order by number limit ?";
    private static final String PART = PARTS + " and number = ?";
    private static final String PART_AT = PARTS + " and at >= 0 and size > 0 and at <= ? order by at desc limit 1";
    private static final String NAMED = "select 1 from object_row where bytes = ? and bytes <> ''"
            + " union all select 1 from object_part where bytes = ?";

    private final Connection connection;
    private final long place;

    PostgreSqlObjectRows(Connection connection, long place) {
        this.connection = connection;
        this.place = place;
    }

    @Override
    public Optional<ObjectRow> latest(Bytes key) {
        return first(of(LATEST).with(key), ObjectColumns::object);
    }

    @Override
    public final Optional<HeldRow> latestHeld(Bytes key) {
        return latest(key).map(row -> new HeldRow(row, null));
    }

    @Override
    public Optional<ObjectRow> version(Bytes key, VersionId version) {
        return first(of(VERSION).with(key).with(version.text()), ObjectColumns::object);
    }

    @Override
    public final boolean hasVersions(Bytes key) {
        return first(of(HAS_VERSIONS).with(key), row -> true).isPresent();
    }

    @Override
    public final List<ObjectRow> objects(Bytes from, Bytes to, int most) {
        return all(of(LIST).with(from).with(to).with(most), ObjectColumns::object);
    }

    @Override
    public final List<ObjectRow> versions(Bytes from, long below, Bytes to, int most) {
        // Two ranges of the index: one statement over both would read all rows of the first key.
        var first = all(of(REST_OF_KEY).with(from).with(below).with(most), ObjectColumns::object);
        if (first.size() < most) {
            first.addAll(all(of(VERSIONS).with(from).with(to).with(most - first.size()), ObjectColumns::object));
        }
        return first;
    }

    @Override
    public Optional<UploadRow> upload(String id) {
        return first(of(uploadById()).with(id), ObjectColumns::upload);
    }

    @Override
    public Optional<UploadRow> upload(long number) {
        return first(of(uploadByNumber()).with(number), ObjectColumns::upload);
    }

    @Override
    public final List<UploadRow> openUploads(Bytes from, long above, Bytes to, int most) {
        var first = all(of(OPEN_OF_KEY).with(from).with(above).with(most), ObjectColumns::upload);
        if (first.size() < most) {
            first.addAll(all(of(OPEN).with(from).with(to).with(most - first.size()), ObjectColumns::upload));
        }
        return first;
    }

    @Override
    public final List<UploadRow> uploadsToCollect(long startedBefore, long above, int most) {
        return all(of(TO_COLLECT).with(startedBefore).with(above).with(most), ObjectColumns::upload);
    }

    @Override
    public final List<PartRow> parts(long upload, int above, int most) {
        return all(call(PARTS_ABOVE).with(upload).with(above).with(most), ObjectColumns::part);
    }

    @Override
    public final Optional<PartRow> part(long upload, int number) {
        return first(call(PART).with(upload).with(number), ObjectColumns::part);
    }

    @Override
    public final Optional<PartRow> partAt(long upload, long offset) {
        return first(call(PART_AT).with(upload).with(offset), ObjectColumns::part);
    }

    /** No bytes lie with rows here. */
    @Override
    public final Optional<Bytes> withRow(long number) {
        return Optional.empty();
    }

    @Override
    public final boolean names(String bytes) {
        return first(call(NAMED).with(bytes).with(bytes), row -> true).isPresent();
    }

    String uploadById() {
        return UPLOAD_BY_ID;
    }

    String uploadByNumber() {
        return UPLOAD_BY_NUMBER;
    }

    final long place() {
        return place;
    }

    final Call call(String sql) {
        return new Call(connection, sql);
    }

    /** Of a statement whose first parameter is the place. */
    final Call of(String sql) {
        return call(sql).with(place);
    }

    static <R> Optional<R> first(Call call, Call.Row<R> row) {
        try {
            return call.first(row);
        } catch (SQLException e) {
            throw Failures.BEFORE_COMMIT.of(e);
        }
    }

    static <R> List<R> all(Call call, Call.Row<R> row) {
        try {
            return call.all(row);
        } catch (SQLException e) {
            throw Failures.BEFORE_COMMIT.of(e);
        }
    }

    static int change(Call call) {
        try {
            return call.change();
        } catch (SQLException e) {
            throw Failures.BEFORE_COMMIT.of(e);
        }
    }
}
