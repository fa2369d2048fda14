package io.triport.storage.sql;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A piece of the log of earlier states. As bytes: its kind, how many there are, they themselves, and a checksum of all of it. */
sealed interface PastEntry {
    /** Before the bytes of an entry. */
    int BEFORE = Byte.BYTES + Integer.BYTES;

    /** Of a {@link Head}, with all that is around it. */
    int HEAD_BYTES = BEFORE + 2 * Integer.BYTES + 2 * Long.BYTES + 2 * Integer.BYTES;

    /** Of an entry, beside {@link #BEFORE} and the checksum: a page that does not become smaller, and what is said of it. */
    int MOST_BYTES = WalFile.PAGE_BYTES + 64;

    /**
     * What a file of the log begins with.
     *
     * @param start the place of the file from which on no change is missing up to here @param began the second of that
     * @param before the state that the first change was made to
     */
    record Head(int start, int began, PastPosition before) implements PastEntry {}

    /** A page as it is after a change. @param number from 1 */
    record Page(int number, Coding coding, ByteBuffer bytes) implements PastEntry {}

    /**
     * Behind the pages of a change.
     *
     * @param pages of the database after it @param counted whether it has a number of its own
     * @param whole whether all pages of the database are among its pages @param after up to where changes are in the log with it
     */
    record Change(int pages, boolean counted, boolean whole, PastPosition after) implements PastEntry {}

    /** How the bytes of a page are written. */
    enum Coding {
        /** As they are. */
        PLAIN,
        /** Made smaller. */
        SMALLER,
        /** Made smaller by those that the page had before, which must be the same when it is read. */
        CHANGED;

        private static final Coding[] ALL = values();
    }

    /** As it is written down. */
    default ByteBuffer written() {
        var bytes = ByteBuffer.allocate(BEFORE + MOST_BYTES + Integer.BYTES);
        bytes.position(BEFORE);
        var kind = switch (this) {
            case Head(var start, var began, var before) -> {
                put(bytes.putInt(start).putInt(began), before);
                yield 'H';
            }
            case Page(var number, var coding, var page) -> {
                bytes.putInt(number).put((byte) coding.ordinal()).put(page.duplicate());
                yield 'P';
            }
            case Change(var pages, var counted, var whole, var after) -> {
                put(bytes.putInt(pages).put(truth(counted)).put(truth(whole)), after);
                yield 'C';
            }
        };
        bytes.put(0, (byte) kind).putInt(1, bytes.position() - BEFORE);
        return bytes.putInt(sum(bytes, bytes.position())).flip();
    }

    /** The entry that was written so; null when it was not, or not to its end. @param bytes with the checksum */
    static @Nullable PastEntry read(ByteBuffer bytes) {
        var end = bytes.limit() - Integer.BYTES;
        if (bytes.getInt(end) != sum(bytes, end)) {
            return null;
        }
        bytes.position(BEFORE).limit(end);
        return switch (bytes.get(0)) {
            case 'H' -> new Head(bytes.getInt(), bytes.getInt(), position(bytes));
            case 'P' -> new Page(bytes.getInt(), Coding.ALL[bytes.get()], rest(bytes));
            case 'C' -> new Change(bytes.getInt(), bytes.get() != 0, bytes.get() != 0, position(bytes));
            default -> null;
        };
    }

    private static void put(ByteBuffer bytes, PastPosition position) {
        bytes.putLong(position.number()).putLong(position.salt()).putInt(position.frame());
    }

    private static PastPosition position(ByteBuffer bytes) {
        return new PastPosition(bytes.getLong(), bytes.getLong(), bytes.getInt());
    }

    private static byte truth(boolean truth) {
        return (byte) (truth ? 1 : 0);
    }

    private static ByteBuffer rest(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    private static int sum(ByteBuffer bytes, int to) {
        var sum = new CRC32C();
        sum.update(bytes.duplicate().position(0).limit(to));
        return (int) sum.getValue();
    }
}
