package io.triport.storage.sql;

import io.triport.domain.request.Bytes;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Reads pieces of the files of earlier states. */
final class PastPiece {
    /** Of a piece, but for the entry that goes over it. */
    static final int BYTES = 8 * 1024 * 1024;

    private PastPiece() {}

    /** The first entry of a file of the log. */
    static Bytes head(PastSegment segment) throws IOException {
        try (var reading = segment.read(0)) {
            reading.next();
            return bytes(segment.file(), 0, reading.at());
        }
    }

    /**
     * Entries from one on, up to the end of a change, or of an entry where the change is larger than a piece; empty where the next entry
     * is damaged.
     *
     * @param end where an entry ends
     */
    static Bytes read(PastSegment segment, long from, long end) throws IOException {
        var whole = from;
        try (var reading = segment.read(from)) {
            while (reading.at() < end && reading.at() - from < BYTES) {
                var next = reading.next();
                if (next == null) {
                    break;
                }
                if (!(next instanceof PastEntry.Page)) {
                    whole = reading.at();
                }
            }
            return bytes(segment.file(), from, whole > from ? whole : reading.at());
        }
    }

    static Bytes bytes(Path file, long from, long end) throws IOException {
        try (var channel = FileChannel.open(file)) {
            return bytes(channel, from, end);
        }
    }

    static Bytes bytes(FileChannel channel, long from, long end) throws IOException {
        var bytes = ByteBuffer.allocate((int) (end - from));
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new EOFException("file: shorter than " + end);
            }
        }
        return Bytes.from(bytes.flip());
    }
}
