package io.triport.storage.sql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The log that SQLite writes changes to first (SQLite: The Database File Format, section 4). Used by one thread, while nobody writes. */
final class WalFile implements AutoCloseable {
    /*
     * Frames of pages, one after the other; the last of a change says how large the database is after it. Each repeats the salts of the
     * file's header, and has a checksum of all that is before it, so what an earlier round or a change that was taken back has left
     * behind does not look like a part of it. The file may be opened and closed here: SQLite holds no lock on it, unlike on the others.
     */
    static final int PAGE_BYTES = 4_096;
    /** In the first page (section 1.3 there). */
    static final int USER_VERSION_AT = 60;
    /** In the first page too. */
    static final int APPLICATION_ID_AT = 68;

    private static final int HEADER_BYTES = 32;
    private static final int FRAME_HEADER_BYTES = 24;
    private static final int FRAME_BYTES = FRAME_HEADER_BYTES + PAGE_BYTES;
    private static final int LITTLE_ENDIAN_SUMS = 0x377F_0682;
    private static final int BIG_ENDIAN_SUMS = 0x377F_0683;
    private static final int PAGE_SIZE_AT = 8;
    private static final int SALT_AT = 16;
    private static final int SUM_AT = 24;
    private static final int FRAME_SALT_AT = 8;
    private static final int FRAME_SUM_AT = 16;

    private final FileChannel channel;
    private final ByteOrder sums;
    private final long salt;
    private final ByteBuffer header;
    private final ByteBuffer frame = ByteBuffer.allocate(FRAME_BYTES);

    private WalFile(FileChannel channel, ByteBuffer header) throws IOException {
        this.channel = channel;
        this.header = header;
        this.sums = header.getInt(0) == BIG_ENDIAN_SUMS ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        this.salt = header.getLong(SALT_AT);
        if (header.getInt(PAGE_SIZE_AT) != PAGE_BYTES) {
            throw new IOException("page size: " + header.getInt(PAGE_SIZE_AT) + " (expected: " + PAGE_BYTES + ")");
        }
    }

    /** Null where there is none, or one in which nothing was written. */
    static @Nullable WalFile open(Path file) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file);
        } catch (NoSuchFileException e) {
            return null;
        }
        try {
            var header = ByteBuffer.allocate(HEADER_BYTES);
            var magic = read(channel, header, 0) ? header.getInt(0) : 0;
            if (magic == LITTLE_ENDIAN_SUMS || magic == BIG_ENDIAN_SUMS) {
                return new WalFile(channel, header);
            }
            channel.close();
            return null;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * A change.
     *
     * @param first of its frames, which count from 1 @param last of them @param pages of the database after it
     * @param number of the state after it @param counted whether it has a number of its own
     * @param whole whether it has all pages of the database, and so needs nothing before it
     */
    record Change(int first, int last, int pages, long number, boolean counted, boolean whole) {}

    /** Tells one round of the file from the next, which begins at its start. */
    long salt() {
        return salt;
    }

    /** All changes behind a frame of this round, which ended one; behind 0 those of the whole round. @param number of that state */
    List<Change> after(int last, long number) throws IOException {
        var changes = new ArrayList<Change>();
        var sum = sum(last);
        var pages = new BitSet();
        var first = last + 1;
        var current = number;
        var counted = false;
        for (var at = first; sum != null && read(at); at++) {
            sum = checked(sum);
            if (sum == null) {
                break;
            }
            var page = frame.getInt(0);
            pages.set(page);
            if (page == 1) {
                current = number(frame, FRAME_HEADER_BYTES);
                counted = true;
            }
            var size = frame.getInt(Integer.BYTES);
            if (size != 0) {
                changes.add(new Change(first, at, size, current, counted, pages.cardinality() == size));
                pages.clear();
                first = at + 1;
                counted = false;
            }
        }
        return changes;
    }

    /** The number of the page in a frame. */
    int page(int at) throws IOException {
        if (!read(at)) {
            throw new IOException("frame: " + at + " (expected: in the file)");
        }
        return frame.getInt(0);
    }

    /** The bytes of the frame whose page was asked for last. */
    byte[] bytes() {
        var bytes = new byte[PAGE_BYTES];
        frame.get(FRAME_HEADER_BYTES, bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** The number of a state, in its first page. @param from where the page begins */
    static long number(ByteBuffer page, int from) {
        return ChangeNumber.of(page.getInt(from + APPLICATION_ID_AT), page.getInt(from + USER_VERSION_AT));
    }

    /** Up to a frame; null where that is not there. */
    private int @Nullable [] sum(int last) throws IOException {
        if (last == 0) {
            return new int[] {header.getInt(SUM_AT), header.getInt(SUM_AT + Integer.BYTES)};
        }
        return read(last) ? stored() : null;
    }

    /** With the frame that was read; null where it does not belong to this round. */
    private int @Nullable [] checked(int[] before) {
        var sum = added(added(before, 0, FRAME_SALT_AT), FRAME_HEADER_BYTES, FRAME_BYTES);
        var stored = stored();
        var same = frame.getLong(FRAME_SALT_AT) == salt && sum[0] == stored[0] && sum[1] == stored[1];
        return same ? sum : null;
    }

    /** Section 4.2 there. */
    private int[] added(int[] before, int from, int to) {
        var words = frame.duplicate().order(sums);
        var one = before[0];
        var two = before[1];
        for (var at = from; at < to; at += Long.BYTES) {
            one += words.getInt(at) + two;
            two += words.getInt(at + Integer.BYTES) + one;
        }
        return new int[] {one, two};
    }

    private int[] stored() {
        return new int[] {frame.getInt(FRAME_SUM_AT), frame.getInt(FRAME_SUM_AT + Integer.BYTES)};
    }

    private boolean read(int at) throws IOException {
        return read(channel, frame, HEADER_BYTES + (long) (at - 1) * FRAME_BYTES);
    }

    private static boolean read(FileChannel channel, ByteBuffer into, long from) throws IOException {
        into.clear();
        while (into.hasRemaining()) {
            if (channel.read(into, from + into.position()) < 0) {
                return false;
            }
        }
        into.flip();
        return true;
    }
}
