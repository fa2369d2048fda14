package io.triport.storage.sql;

import java.time.Duration;

/**
 * How earlier states are kept.
 *
 * @param window how long at least @param segmentBytes after which a file of the log is followed by the next
 * @param betweenBytes of the log after which the database is copied once more, unless the database is larger
 */
record PastSizes(Duration window, long segmentBytes, long betweenBytes) {
    private static final long MIB = 1024 * 1024;

    static PastSizes of(Duration window) {
        return new PastSizes(window, 16 * MIB, 64 * MIB);
    }
}
