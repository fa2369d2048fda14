package io.triport.storage.sqlite;

import io.triport.domain.request.Bytes;

/** A value at the place where it will lie: in its row, or in a file that no row names yet. */
final class SqliteValue {
    /*
     * The file belongs to the caller until the work on the writer's thread hands it to the transaction, which from then on
     * keeps or removes it. A caller that gave up on a write that had begun cannot know, and leaves the file alone: it is named
     * by a row, or an orphan that the next start collects.
     */

    /** Larger values lie in files, so that the pages of the tree stay close together. */
    private static final int LARGEST_IN_ROW = 65_536;

    private final Bytes inRow;
    private final String blob;
    private volatile boolean handed;

    private SqliteValue(Bytes inRow, String blob) {
        this.inRow = inRow;
        this.blob = blob;
    }

    static SqliteValue place(Bytes value, BlobFiles blobs) {
        return value.size() <= LARGEST_IN_ROW
                ? new SqliteValue(value, "")
                : new SqliteValue(Bytes.EMPTY, blobs.write(value));
    }

    Bytes inRow() {
        return inRow;
    }

    /** Empty when the value lies in its row. */
    String blob() {
        return blob;
    }

    void handTo(SqliteTransaction transaction) {
        if (!blob.isEmpty()) {
            transaction.blobWritten(blob);
        }
        handed = true;
    }

    /** No row will name it although the transaction commits. */
    void discard(SqliteTransaction transaction) {
        if (!blob.isEmpty()) {
            transaction.blobUnnamed(blob);
        }
    }

    void removeUnlessHanded(BlobFiles blobs) {
        if (!handed && !blob.isEmpty()) {
            blobs.remove(blob);
        }
    }
}
