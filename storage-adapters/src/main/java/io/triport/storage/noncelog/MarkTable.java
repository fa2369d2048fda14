package io.triport.storage.noncelog;

/** A set of marks that only grows. Guarded by whoever holds it. */
final class MarkTable {
    /*
     * Open addressing with linear probing, two longs to a mark and no object: at 10,000 claims a second some two million marks
     * are live. Growth by half between loads of one half and three quarters keeps a mark below 32 bytes and a probe within a
     * few cache lines. The pair (0, 0) is an empty slot; the one mark in 2^128 that is written so is kept beside.
     *
     * The place of a mark is its product with a secret odd number: whoever owns a valid secret chooses nonces, and could
     * otherwise search for some whose digests share a place until each claim walks through all of them.
     */
    private static final int SMALLEST = 16;

    private final long seed;
    private long[] slots = new long[2 * SMALLEST];
    private int count;
    private boolean zero;

    MarkTable(long seed) {
        this.seed = seed | 1;
    }

    boolean contains(Mark mark) {
        return isZero(mark) ? zero : occupied(slots, find(slots, mark.high(), mark.low()));
    }

    /** Whether the mark was absent, and is now present. */
    boolean add(Mark mark) {
        if (isZero(mark)) {
            var added = !zero;
            zero = true;
            return added;
        }
        var place = find(slots, mark.high(), mark.low());
        if (occupied(slots, place)) {
            return false;
        }
        if ((count + 1) * 4L > capacity() * 3L) {
            grow();
            place = find(slots, mark.high(), mark.low());
        }
        slots[2 * place] = mark.high();
        slots[2 * place + 1] = mark.low();
        count++;
        return true;
    }

    int size() {
        return zero ? count + 1 : count;
    }

    long heldBytes() {
        return (long) slots.length * Long.BYTES;
    }

    private void grow() {
        var larger = new long[2 * (capacity() + capacity() / 2)];
        for (var i = 0; i < capacity(); i++) {
            if (occupied(slots, i)) {
                var place = find(larger, slots[2 * i], slots[2 * i + 1]);
                larger[2 * place] = slots[2 * i];
                larger[2 * place + 1] = slots[2 * i + 1];
            }
        }
        slots = larger;
    }

    private int capacity() {
        return slots.length / 2;
    }

    /** The place of the mark, or the empty one where it would be put. */
    private int find(long[] table, long high, long low) {
        var capacity = table.length / 2;
        var spread = (high ^ Long.rotateLeft(low, 32)) * seed;
        var place = (int) Math.unsignedMultiplyHigh(spread, capacity);
        while (occupied(table, place) && (table[2 * place] != high || table[2 * place + 1] != low)) {
            place = place + 1 == capacity ? 0 : place + 1;
        }
        return place;
    }

    private static boolean occupied(long[] table, int place) {
        return table[2 * place] != 0 || table[2 * place + 1] != 0;
    }

    private static boolean isZero(Mark mark) {
        return mark.high() == 0 && mark.low() == 0;
    }
}
