package io.triport.storage.noncelog;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/** What the log keeps of a spent mark. @param wallSeconds until when it must be remembered, in seconds since the epoch */
record LogRecord(Mark mark, long wallSeconds) {
    private static final int CHECKED = 3 * Long.BYTES;

    static final int BYTES = CHECKED + Integer.BYTES;

    byte[] toByteArray() {
        var bytes = ByteBuffer.allocate(BYTES)
                .putLong(mark.high())
                .putLong(mark.low())
                .putLong(wallSeconds);
        return bytes.putInt(checksum(bytes.array(), 0)).array();
    }

    /** The record at a place, or empty when what lies there is not one. */
    static Optional<LogRecord> read(byte[] bytes, int from) {
        var buffer = ByteBuffer.wrap(bytes, from, BYTES);
        var record = new LogRecord(new Mark(buffer.getLong(), buffer.getLong()), buffer.getLong());
        return buffer.getInt() == checksum(bytes, from) ? Optional.of(record) : Optional.empty();
    }

    private static int checksum(byte[] bytes, int from) {
        var sum = new CRC32C();
        sum.update(bytes, from, CHECKED);
        return (int) sum.getValue();
    }
}
