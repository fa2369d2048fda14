package io.triport.storage.sqlite;

import io.triport.domain.object.Tags;
import io.triport.domain.request.Bytes;
import io.triport.storage.object.ObjectChanges;
import io.triport.storage.object.ObjectRow;
import io.triport.storage.object.PartRow;
import io.triport.storage.object.UploadRow;
import org.jspecify.annotations.Nullable;

/** The rows within one transaction of the writer. */
final class SqliteObjectChanges extends SqliteObjectRows implements ObjectChanges {
    private static final String INSERT_OBJECT = "insert into object (" + SqliteObjectColumns.OBJECT
            + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String MARK = "update object set latest = ? where number = ?";
    private static final String TAG = "update object set tags = ? where number = ?";
    private static final String DELETE_OBJECT = "delete from object where number = ?";
    private static final String LAY = "insert into small_object (number, content, checksum) values (?, ?, ?)";
    private static final String TAKE_AWAY = "delete from small_object where number = ?";
    private static final String PUT_UPLOAD = "insert or replace into upload (" + SqliteObjectColumns.UPLOAD
            + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String DELETE_UPLOAD = "delete from upload where number = ?";
    private static final String PUT_PART =
            "insert or replace into part (" + SqliteObjectColumns.PART + ") values (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String DELETE_PART = "delete from part where upload = ? and number = ?";

    private final SqliteTransaction transaction;

    SqliteObjectChanges(SqliteTransaction transaction) {
        super(transaction.session());
        this.transaction = transaction;
    }

    @Override
    public long nextNumber() {
        return transaction.nextVersion().number();
    }

    @Override
    public void insert(ObjectRow row) {
        change(INSERT_OBJECT, SqliteObjectColumns.values(row));
    }

    @Override
    public void layWithRow(long number, Bytes bytes) {
        change(LAY, number, bytes, check(number, bytes));
    }

    @Override
    public void markLatest(long number, boolean latest) {
        change(MARK, latest ? 1L : 0L, number);
    }

    @Override
    public void replaceTags(long number, Tags tags) {
        change(TAG, SqliteObjectColumns.joined(tags.entries()), number);
    }

    @Override
    public void delete(long number) {
        change(DELETE_OBJECT, number);
        change(TAKE_AWAY, number);
    }

    @Override
    public void insert(UploadRow upload) {
        change(PUT_UPLOAD, SqliteObjectColumns.values(upload));
    }

    @Override
    public void update(UploadRow upload) {
        change(PUT_UPLOAD, SqliteObjectColumns.values(upload));
    }

    @Override
    public void deleteUpload(long number) {
        change(DELETE_UPLOAD, number);
    }

    @Override
    public void put(PartRow part) {
        change(PUT_PART, SqliteObjectColumns.values(part));
    }

    @Override
    public void deletePart(long upload, int number) {
        change(DELETE_PART, upload, (long) number);
    }

    @Override
    public void written(String bytes) {
        transaction.blobWritten(bytes);
    }

    @Override
    public void unnamed(String bytes) {
        transaction.blobUnnamed(bytes);
    }

    private void change(String sql, @Nullable Object... values) {
        transaction.session().change(sql, values);
    }
}
