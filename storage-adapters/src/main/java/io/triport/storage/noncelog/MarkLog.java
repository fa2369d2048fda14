package io.triport.storage.noncelog;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The spent marks on disk, in segments by the time they were written. Safe for many threads: its monitor guards everything. */
final class MarkLog {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final int SEGMENTS = 8;

    private final LogDisk disk;
    private final long spanNanos;
    private final Deque<Segment> sealed = new ArrayDeque<>();
    private Segment active;
    private long number;
    private boolean closed;

    MarkLog(LogDisk disk, Duration memory, Recovery recovery, Moment now) throws IOException {
        this.disk = disk;
        this.spanNanos = memory.toNanos() / SEGMENTS;
        this.sealed.addAll(recovery.segments());
        this.number = recovery.last();
        this.active = next(now);
    }

    /** Returns when the record is with the operating system, so that it survives the death of the process. */
    synchronized void append(LogRecord record, Keep keep, Moment now) throws IOException {
        if (closed) {
            throw new IOException("nonce log: closed");
        }
        if (active.olderThan(spanNanos, now)) {
            roll(now);
        }
        // Before the write: a record that reached the disk although the write failed must not be forgotten early
        // either.
        active.keep(keep);
        active.append(record.toByteArray());
    }

    /** Deletes the segments of which nothing needs to be remembered. */
    synchronized void forget(Moment now) throws IOException {
        if (closed) {
            return;
        }
        for (var each = sealed.iterator(); each.hasNext(); ) {
            var segment = each.next();
            if (segment.passed(now)) {
                disk.delete(segment.name());
                segment.close();
                each.remove();
            }
        }
        if (!active.isEmpty() && active.passed(now)) {
            roll(now);
        }
    }

    /** Returns when all that is remembered survives the loss of power. */
    synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        sealed.add(active);
        try {
            for (var segment : sealed) {
                segment.force();
            }
            disk.force();
        } finally {
            for (var segment : sealed) {
                segment.close();
            }
        }
    }

    private void roll(Moment now) throws IOException {
        var younger = next(now);
        sealed.add(active);
        active = younger;
    }

    private Segment next(Moment now) throws IOException {
        number++;
        var segment = Segment.create(disk, "%016d".formatted(number) + Segment.ENDING, now);
        LOG.debug("nonces segment={}", segment.name());
        return segment;
    }
}
