package io.triport.storage.noncelog;

import java.io.IOException;

/** One open file of the log: the seam at which a test fills the disk or cuts the power. Guarded by whoever holds it. */
interface LogFile extends AutoCloseable {
    void append(byte[] bytes) throws IOException;

    /** Everything behind the length is gone, and the next bytes are appended there. */
    void truncate(long length) throws IOException;

    byte[] content() throws IOException;

    /** Returns when the bytes survive the loss of power. */
    void force() throws IOException;

    @Override
    void close() throws IOException;
}
