package io.triport.storage.sql;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The log of earlier states: the pages of every change, in files that follow each other. Only who may write the database appends to it,
 * one at a time; anybody may read what is whole.
 */
final class PastLog implements AutoCloseable {
    /*
     * What is here has been committed before, and stays in SQLite's own log until this one is on the disk (see SqlKeeper). So what a crash
     * has left of an entry is cut off, and appended once more.
     *
     * Another process may append between two turns of this one: the length of the last file tells.
     */

    /** Of pages whose earlier bytes are known where they are; it only makes the log larger to forget them. */
    private static final int MOST_KNOWN = 65_536;

    private static final long NOWHERE = -1;

    private final Path directory;
    private final long segmentBytes;
    private final PastPages pages = new PastPages();
    private final Map<Integer, Integer> frames = new HashMap<>();
    private volatile @Nullable Tail tail;

    /** @param segmentBytes after which a file is followed by the next */
    PastLog(Path directory, long segmentBytes) {
        this.directory = directory;
        this.segmentBytes = segmentBytes;
    }

    /** Where the next entry goes. */
    private static final class Tail {
        private final PastSegment segment;
        private final PastEntry.Head head;
        private final FileChannel channel;
        private volatile long at;
        private int pages;
        private PastPosition position;

        private Tail(PastSegment segment, PastEntry.Head head, FileChannel channel) {
            this.segment = segment;
            this.head = head;
            this.channel = channel;
            this.position = head.before();
        }
    }

    /** All files that were made to their end, from the first. */
    List<PastSegment> segments() throws IOException {
        return segments(0);
    }

    /** The same from a place on. */
    List<PastSegment> segments(int from) throws IOException {
        var all = new ArrayList<PastSegment>();
        if (!Files.isDirectory(directory)) {
            return all;
        }
        try (var files = Files.newDirectoryStream(directory)) {
            for (var file : files) {
                var segment = PastSegment.of(directory, file);
                if (segment != null && segment.place() >= from && segment.head() != null) {
                    all.add(segment);
                }
            }
        }
        all.sort(Comparator.comparingInt(PastSegment::place));
        return all;
    }

    /** Up to where changes are in the log; null when it was not begun. */
    @Nullable
    PastPosition position() throws IOException {
        var known = tail;
        if (known == null || !current(known)) {
            known = open();
        }
        return known == null ? null : known.position;
    }

    /** How many bytes of a file must be whole. */
    long whole(PastSegment segment) throws IOException {
        var known = tail;
        return known != null && known.segment.place() == segment.place() ? known.at : Files.size(segment.file());
    }

    /** The place of the file from which on no change is missing. */
    int start() {
        return known().head.start();
    }

    /** The place of the last file. */
    int place() {
        return known().segment.place();
    }

    /** Where its next entry goes. */
    long end() {
        return known().at;
    }

    /** Begins it, once more where changes are missing. @param place behind all files that there are */
    void begin(int place, int second, PastPosition before) throws IOException {
        var segment = new PastSegment(directory, place);
        create(segment, new PastEntry.Head(segment.place(), second, before));
    }

    /** @param change behind the position, of which nothing is missing between */
    void append(WalFile wal, WalFile.Change change) throws IOException {
        var to = known();
        if (to.position.salt() != wal.salt() || change.pages() < to.pages) {
            // Pages that went away and come again have other bytes before than the ones we know.
            frames.clear();
        }
        for (var frame = change.first(); frame <= change.last(); frame++) {
            var number = wal.page(frame);
            var page = wal.bytes();
            // Not for a change without a number: a copy of the database may have it or not, and then it is done once
            // more.
            var before = change.counted() ? before(wal, number) : null;
            write(to, pages.page(number, page, before));
            if (frames.size() == MOST_KNOWN) {
                frames.clear();
            }
            frames.put(number, frame);
        }
        var after = new PastPosition(change.number(), wal.salt(), change.last());
        write(to, new PastEntry.Change(change.pages(), change.counted(), change.whole(), after));
        to.position = after;
        to.pages = change.pages();
    }

    /** Looks for its end once more before it is used, since appending failed. */
    void forget() {
        known().at = NOWHERE;
    }

    /** Returns when all that was appended is on the disk. */
    void force() throws IOException {
        known().channel.force(true);
    }

    /** After that goes on in a file of its own, when this one is long. */
    void follow() throws IOException {
        var to = known();
        if (to.at >= segmentBytes) {
            create(to.segment.next(), new PastEntry.Head(to.head.start(), to.head.began(), to.position));
        }
    }

    @Override
    public void close() throws IOException {
        pages.close();
        var known = tail;
        if (known != null) {
            known.channel.close();
        }
    }

    /** Whether it is still the last file, and nobody else has appended to it. */
    private static boolean current(Tail known) throws IOException {
        return Files.exists(known.segment.file())
                && known.channel.size() == known.at
                && !Files.exists(known.segment.next().file());
    }

    private byte @Nullable [] before(WalFile wal, int number) throws IOException {
        var known = frames.get(number);
        if (known == null) {
            return null;
        }
        wal.page(known);
        return wal.bytes();
    }

    private Tail known() {
        return Objects.requireNonNull(tail);
    }

    private static void write(Tail to, PastEntry entry) throws IOException {
        to.at = PastSegment.write(to.channel, entry.written(), to.at);
    }

    private void create(PastSegment segment, PastEntry.Head head) throws IOException {
        segment.create(head);
        open();
    }

    /** Looks for the end, and cuts off what is not whole there. */
    private @Nullable Tail open() throws IOException {
        var known = tail;
        if (known != null) {
            known.channel.close();
            tail = null;
        }
        frames.clear();
        var segments = segments();
        if (segments.isEmpty()) {
            return null;
        }
        var last = segments.getLast();
        var head = Objects.requireNonNull(last.head());
        var found = new Tail(last, head, FileChannel.open(last.file(), StandardOpenOption.WRITE));
        tail = found;
        try (var reading = last.read(0)) {
            for (var next = reading.next(); next != null; next = reading.next()) {
                if (next instanceof PastEntry.Change change) {
                    found.position = change.after();
                    found.pages = change.pages();
                    found.at = reading.at();
                } else if (next instanceof PastEntry.Head) {
                    found.at = reading.at();
                }
            }
        }
        var size = found.channel.size();
        if (size > found.at) {
            SqlFiles.LOG.info("sql history file={} cut off at={} bytes={}", last.file(), found.at, size);
            found.channel.truncate(found.at);
        }
        return found;
    }
}
