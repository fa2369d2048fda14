package io.triport.domain.sql;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/**
 * A state of a database, after one of its changes: four groups of lower-case hexadecimal digits, of which the first three grow with
 * every change and the last names the database. So of two bookmarks of one database the later is the greater text.
 */
public record Bookmark(String text) implements Comparable<Bookmark> {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{32}");
    private static final int HISTORY_END = 8;
    private static final int OWNER_AT = 27;
    private static final int HEX = 16;

    /** @throws InvalidInput for a text that no bookmark has */
    public Bookmark {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidInput("bookmark", "four groups of 8, 8, 8 and 32 lower-case hexadecimal digits");
        }
    }

    /**
     * The state of a database after a change.
     *
     * @param history the one of the database's pasts that the change belongs to, 0 at first
     * @param changes the number of the change, 0 or more, which the adapter chooses: greater than those before
     */
    public static Bookmark of(DatabaseId database, int history, long changes) {
        if (history < 0 || changes < 0) {
            throw new IllegalArgumentException(
                    "bookmark: " + history + ", " + changes + " (expected: 0 or more of both)");
        }
        var numbers = ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                .putInt(history)
                .putLong(changes)
                .flip();
        var hex = Bytes.from(numbers).toHex();
        return new Bookmark(
                String.join("-", hex.substring(0, 8), hex.substring(8, 16), hex.substring(16), owner(database)));
    }

    /** Whether it is one of the database's. */
    public boolean of(DatabaseId database) {
        return text.substring(OWNER_AT).equals(owner(database));
    }

    /** The past that it belongs to; a text of somebody else's may say any, also below 0. */
    public int history() {
        return Integer.parseUnsignedInt(text, 0, HISTORY_END, HEX);
    }

    /** The number of the change; a text of somebody else's may say any, also below 0. */
    public long changes() {
        return Long.parseUnsignedLong(
                text.substring(HISTORY_END + 1, OWNER_AT - 1).replace("-", ""), HEX);
    }

    @Override
    public int compareTo(Bookmark other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }

    private static String owner(DatabaseId database) {
        return database.text().replace("-", "");
    }
}
