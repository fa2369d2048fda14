package io.triport.storage.noncelog;

import java.io.IOException;

/** A file of records that are forgotten together. Guarded by its log. */
final class Segment {
    static final String ENDING = ".marks";
    static final byte[] HEADER = {'T', 'P', 'N', 'O', 'N', 'C', 'E', 1};

    private final String name;
    private final LogFile file;
    private final Moment begun;
    private Keep keep;
    private long length;
    private boolean torn;

    Segment(String name, LogFile file, Moment begun, Keep keep, long length) {
        this.name = name;
        this.file = file;
        this.begun = begun;
        this.keep = keep;
        this.length = length;
    }

    static Segment create(LogDisk disk, String name, Moment now) throws IOException {
        var segment = new Segment(name, disk.open(name), now, new Keep(Long.MIN_VALUE, now.tick()), 0);
        try {
            segment.append(HEADER);
            return segment;
        } catch (IOException e) {
            segment.file.close();
            disk.delete(name);
            throw e;
        }
    }

    String name() {
        return name;
    }

    boolean isEmpty() {
        return length <= HEADER.length;
    }

    /** A write that failed may have left a part of itself; the next one begins where the last whole one ended. */
    void append(byte[] bytes) throws IOException {
        mend();
        torn = true;
        file.append(bytes);
        torn = false;
        length += bytes.length;
    }

    void keep(Keep other) {
        keep = keep.andUntil(other);
    }

    boolean passed(Moment now) {
        return keep.passed(now);
    }

    boolean olderThan(long nanos, Moment now) {
        return now.nanosSince(begun) >= nanos;
    }

    void force() throws IOException {
        mend();
        file.force();
    }

    void close() throws IOException {
        file.close();
    }

    private void mend() throws IOException {
        if (torn) {
            file.truncate(length);
            torn = false;
        }
    }
}
