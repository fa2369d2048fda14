package io.triport.storage.sql;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A file of the log of earlier states. @param place of it among the files, from 1 */
record PastSegment(Path directory, int place) {
    private static final String ENDING = ".log";
    private static final int PLACE_DIGITS = 8;
    private static final int BUFFER_BYTES = 64 * 1024;

    /** Null for another file. */
    static @Nullable PastSegment of(Path directory, Path file) {
        var name = file.getFileName().toString();
        var digits = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : "";
        return digits.length() == PLACE_DIGITS && digits.chars().allMatch(Character::isDigit)
                ? new PastSegment(directory, Integer.parseInt(digits))
                : null;
    }

    Path file() {
        return directory.resolve("%08d".formatted(place) + ENDING);
    }

    PastSegment next() {
        return new PastSegment(directory, place + 1);
    }

    /** Makes the file, in place of one that was not made to its end; it is on the disk then. */
    void create(PastEntry.Head head) throws IOException {
        try (var channel = FileChannel.open(
                file(), StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            write(channel, head.written(), 0);
            channel.force(true);
        }
        force(directory);
    }

    /** Null where the file was not made to its end. */
    PastEntry.@Nullable Head head() throws IOException {
        try (var reading = read(0)) {
            return reading.next() instanceof PastEntry.Head head ? head : null;
        }
    }

    /** Its entries. @param from where one begins */
    Reading read(long from) throws IOException {
        var stream = Files.newInputStream(file());
        try {
            stream.skipNBytes(from);
            return new Reading(new BufferedInputStream(stream, BUFFER_BYTES), from);
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }

    /** Returns where the next one goes. */
    static long write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        var to = at;
        while (bytes.hasRemaining()) {
            to += channel.write(bytes, to);
        }
        return to;
    }

    /** Puts names on the disk. */
    static void force(Path directory) throws IOException {
        try (var names = FileChannel.open(directory)) {
            names.force(true);
        }
    }

    /** Reads entry after entry, up to one that is not whole. Used by one thread. */
    static final class Reading implements AutoCloseable {
        private final InputStream stream;
        private final byte[] bytes = new byte[PastEntry.BEFORE + PastEntry.MOST_BYTES + Integer.BYTES];
        private long at;

        private Reading(InputStream stream, long at) {
            this.stream = stream;
            this.at = at;
        }

        /** Null at the end of what is whole. */
        @Nullable
        PastEntry next() throws IOException {
            if (stream.readNBytes(bytes, 0, PastEntry.BEFORE) < PastEntry.BEFORE) {
                return null;
            }
            var length = ByteBuffer.wrap(bytes).getInt(1);
            if (length < 0 || length > PastEntry.MOST_BYTES) {
                return null;
            }
            var rest = length + Integer.BYTES;
            if (stream.readNBytes(bytes, PastEntry.BEFORE, rest) < rest) {
                return null;
            }
            var entry = PastEntry.read(ByteBuffer.wrap(bytes, 0, PastEntry.BEFORE + rest));
            at += entry == null ? 0 : PastEntry.BEFORE + rest;
            return entry;
        }

        /** Behind the last entry that was whole. */
        long at() {
            return at;
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
