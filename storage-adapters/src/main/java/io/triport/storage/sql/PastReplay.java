package io.triport.storage.sql;

import io.triport.domain.failure.StorageFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Makes a file of what a database was: of a copy from before, and the changes behind it. Used by one thread, once. */
final class PastReplay implements AutoCloseable {
    private final PastPages pages = new PastPages();
    private final FileChannel channel;
    private final byte[] before = new byte[WalFile.PAGE_BYTES];
    private long number;
    private boolean behind;
    private int size;

    private PastReplay(FileChannel channel, PastBase base) {
        this.channel = channel;
        this.number = base.number();
    }

    /**
     * @param segments of the log, from one on that has the state of the copy
     * @param to where the state is that is wanted, with its number
     * @throws StorageFailure.Corrupt when that is not what comes out
     */
    static void make(Path file, PastBase base, List<PastSegment> segments, PastStates.Found to, long wanted)
            throws IOException {
        Files.copy(base.file(), file, StandardCopyOption.REPLACE_EXISTING);
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                var replay = new PastReplay(channel, base)) {
            for (var segment : segments) {
                if (segment.place() >= to.start() && segment.place() <= to.place()) {
                    replay.read(segment, segment.place() == to.place() ? to.end() : Long.MAX_VALUE);
                }
            }
            replay.end();
        }
        if (PastBase.number(file) != wanted) {
            throw corrupt("another state than the one that was asked for");
        }
    }

    private void read(PastSegment segment, long end) throws IOException {
        try (var reading = segment.read(0)) {
            while (reading.at() < end) {
                var next = reading.next();
                if (next == null) {
                    if (end != Long.MAX_VALUE) {
                        throw corrupt(segment.file() + " at " + reading.at());
                    }
                    return;
                }
                done(next);
            }
        }
    }

    private void done(PastEntry entry) throws IOException {
        switch (entry) {
            case PastEntry.Head head -> behind |= head.before().number() == number;
            case PastEntry.Page page -> {
                if (behind) {
                    put(page);
                }
            }
            case PastEntry.Change change -> {
                if (behind) {
                    follow(change);
                }
                behind |= change.after().number() == number;
            }
        }
    }

    private void put(PastEntry.Page page) throws IOException {
        var at = (long) (page.number() - 1) * WalFile.PAGE_BYTES;
        if (page.coding() == PastEntry.Coding.CHANGED) {
            var bytes = ByteBuffer.wrap(before);
            while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
                // To its end.
            }
        }
        var bytes = pages.bytes(page, before);
        if (bytes == null) {
            throw corrupt("page " + page.number() + " behind " + number);
        }
        PastSegment.write(channel, bytes, at);
    }

    private void follow(PastEntry.Change change) {
        var after = change.after().number();
        if (change.counted() && !change.whole() && !ChangeNumber.follows(number, after)) {
            throw corrupt("a change is missing behind " + number);
        }
        number = after;
        size = change.pages();
    }

    private void end() throws IOException {
        if (!behind) {
            throw corrupt("no change behind " + number);
        }
        if (size > 0) {
            channel.truncate((long) size * WalFile.PAGE_BYTES);
        }
    }

    private static StorageFailure corrupt(String what) {
        return new StorageFailure.Corrupt("sql history: " + what);
    }

    @Override
    public void close() {
        pages.close();
    }
}
