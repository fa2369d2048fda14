package io.triport.storage.noncelog;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a log back at start: every whole record of every segment, up to the first that is not one. */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");

    private final LogDisk disk;
    private final Duration memory;
    private final Moment now;
    private final SpentMarks marks;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private long last;
    private boolean damaged;

    Recovery(LogDisk disk, Duration memory, Moment now, SpentMarks marks) {
        this.disk = disk;
        this.memory = memory;
        this.now = now;
        this.marks = marks;
    }

    void run() throws IOException {
        for (var name : disk.names(Segment.ENDING)) {
            segments.add(read(name));
            last = Long.parseLong(name.substring(0, name.length() - Segment.ENDING.length()));
        }
    }

    Deque<Segment> segments() {
        return segments;
    }

    /** The number of the youngest segment, 0 when there is none. */
    long last() {
        return last;
    }

    /** Whether more is missing than a write that the death of the process cut short, which was never answered. */
    boolean damaged() {
        return damaged;
    }

    private Segment read(String name) throws IOException {
        var file = disk.open(name);
        var bytes = file.content();
        var end = 0;
        // The ticker of the process that wrote them is gone, so by this process's they are kept for all of the memory.
        var longest = now.keepUntil(now.wall().plus(memory));
        var keep = new Keep(Long.MIN_VALUE, longest.tick());
        if (headed(bytes)) {
            end = Segment.HEADER.length;
            while (end + LogRecord.BYTES <= bytes.length) {
                var record = LogRecord.read(bytes, end);
                if (record.isEmpty()) {
                    break;
                }
                var until = new Keep(record.get().wallSeconds(), longest.tick());
                marks.spend(record.get().mark(), until, now);
                keep = keep.andUntil(until);
                end += LogRecord.BYTES;
            }
        }
        if (end < bytes.length) {
            drop(name, file, end, bytes.length);
        }
        return new Segment(name, file, now, keep, end);
    }

    private static boolean headed(byte[] bytes) {
        return bytes.length >= Segment.HEADER.length
                && Arrays.equals(bytes, 0, Segment.HEADER.length, Segment.HEADER, 0, Segment.HEADER.length);
    }

    private void drop(String name, LogFile file, int end, int length) throws IOException {
        damaged |= length - end >= LogRecord.BYTES;
        LOG.warn("nonces recovered segment={} bad-record-at={} dropped-bytes={}", name, end, length - end);
        file.truncate(end);
    }
}
