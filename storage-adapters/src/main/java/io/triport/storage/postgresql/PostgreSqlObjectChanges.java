package io.triport.storage.postgresql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.Tags;
import io.triport.domain.object.VersionId;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Sha256;
import io.triport.storage.object.ObjectChanges;
import io.triport.storage.object.ObjectRow;
import io.triport.storage.object.PartRow;
import io.triport.storage.object.UploadRow;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rows of an index within one transaction. */
final class PostgreSqlObjectChanges extends PostgreSqlObjectRows implements ObjectChanges {
    /*
     * Locks
     *
     * A key is locked before the transaction first looks at it, and an upload's row by looking at it, until the transaction ends.
     * Each statement sees what has committed before it, so what is seen under a lock stays so. A key may have no row, so its lock is
     * one of the database's own, by a number made of the key; two keys of one number only wait for each other. Who changes several
     * keys takes their locks in one order, and takes uploads behind keys but for the one that it completes, which no object has yet.
     */
    private static final String LOCK =
            "select pg_advisory_xact_lock(k.number) from unnest(?) with ordinality as k (number, at) order by k.at";

    private static final String NEXT = "select nextval('object_number')";
    private static final String INSERT_OBJECT = "insert into object_row (place, number, key, version, latest,"
            + " modified, etag, size, bytes, upload, parts, http, metadata, tags, storage_class, checksum)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String MARK = "update object_row set latest = ? where number = ?";
    private static final String TAG = "update object_row set tags = ? where number = ?";
    private static final String DELETE_OBJECT = "delete from object_row where number = ?";

    private static final String INSERT_UPLOAD = "insert into object_upload (place, number, id, key, started, http,"
            + " metadata, tags, storage_class, algorithm, scope, dropped, completed, claims, version, etag, size,"
            + " checksum) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, false, ?, ?, ?, ?, ?, ?)";
    private static final String UPDATE_UPLOAD = """
        update object_upload set completed = ?, claims = ?, version = ?, etag = ?, size = ?, checksum = ?, dropped = d.now,
               dropped_at = case when d.now then coalesce(dropped_at, clock_timestamp()) end,
               dropped_by = case when d.now then coalesce(dropped_by, pg_current_xact_id()) end
        from (values (?)) as d (now) where number = ?\
        """;
    private static final String DELETE_UPLOAD = "delete from object_upload where number = ?";
    private static final String FREE = "select 1 from object_upload where number = ? and dropped and " + UNREAD;

    private static final String PUT_PART = "insert into object_part (" + ObjectColumns.PART + ")"
            + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (upload, number) do update set at = excluded.at,"
            + " size = excluded.size, etag = excluded.etag, modified = excluded.modified, bytes = excluded.bytes,"
            + " checksum = excluded.checksum";
    private static final String DELETE_PART = "delete from object_part where upload = ? and number = ?";

    private static final String WRITTEN = "delete from object_bytes where name = ?";
    private static final String UNNAMED = "insert into object_rest (place, name) values (?, ?)";

    private final Set<Bytes> held = new HashSet<>();

    PostgreSqlObjectChanges(Connection connection, long place) {
        super(connection, place);
    }

    @Override
    public void hold(List<Bytes> keys) {
        var wanted = keys.stream().filter(key -> !held.contains(key)).distinct().toList();
        if (!wanted.isEmpty()) {
            all(
                    call(LOCK)
                            .with(wanted.stream()
                                    .map(this::number)
                                    .sorted()
                                    .distinct()
                                    .toArray(Long[]::new)),
                    row -> true);
            held.addAll(wanted);
        }
    }

    @Override
    public Optional<ObjectRow> latest(Bytes key) {
        hold(List.of(key));
        return super.latest(key);
    }

    @Override
    public Optional<ObjectRow> version(Bytes key, VersionId version) {
        hold(List.of(key));
        return super.version(key, version);
    }

    @Override
    String uploadById() {
        return super.uploadById() + " for update";
    }

    @Override
    String uploadByNumber() {
        return super.uploadByNumber() + " for update";
    }

    @Override
    public boolean unread(long upload) {
        return first(call(FREE).with(upload), row -> true).isPresent();
    }

    @Override
    public long nextNumber() {
        return first(call(NEXT), row -> row.getLong(1)).orElseThrow();
    }

    @Override
    public void insert(ObjectRow row) {
        change(ObjectColumns.with(of(INSERT_OBJECT).with(row.number()), row));
    }

    @Override
    public void layWithRow(long number, Bytes bytes) {
        throw new UnsupportedOperationException("bytes: with a row (expected: elsewhere)");
    }

    @Override
    public void markLatest(long number, boolean latest) {
        change(call(MARK).with(latest).with(number));
    }

    @Override
    public void replaceTags(long number, Tags tags) {
        change(call(TAG).with(ObjectColumns.joined(tags.entries())).with(number));
    }

    @Override
    public void delete(long number) {
        change(call(DELETE_OBJECT).with(number));
    }

    @Override
    public void insert(UploadRow upload) {
        var said = ObjectColumns.with(of(INSERT_UPLOAD).with(upload.number()), upload);
        change(ObjectColumns.with(said, upload.completion()));
    }

    @Override
    public void update(UploadRow upload) {
        change(ObjectColumns.with(call(UPDATE_UPLOAD), upload.completion())
                .with(upload.dropped())
                .with(upload.number()));
    }

    @Override
    public void deleteUpload(long number) {
        change(call(DELETE_UPLOAD).with(number));
    }

    @Override
    public void put(PartRow part) {
        change(ObjectColumns.with(call(PUT_PART), part));
    }

    @Override
    public void deletePart(long upload, int number) {
        change(call(DELETE_PART).with(upload).with(number));
    }

    /** Whose announcement is gone was taken for dead, and the bytes with it: the commit must not name them. */
    @Override
    public void written(String bytes) {
        if (change(call(WRITTEN).with(bytes)) == 0) {
            throw new StorageFailure.Unavailable(FailureCode.FENCED, "objects: this node was taken for dead");
        }
    }

    @Override
    public void unnamed(String bytes) {
        change(of(UNNAMED).with(bytes));
    }

    /** The number of a key's lock, among those of all indexes. */
    private long number(Bytes key) {
        var named = Bytes.from(ByteBuffer.allocate(Long.BYTES).putLong(place()).flip())
                .concat(key);
        return Sha256.of(named).toByteBuffer().getLong();
    }
}
