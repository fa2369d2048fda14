package io.triport.domain.inference;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** What was spent in the last window of time, in slots of a sixtieth of it. Not safe for threads. */
final class SpentTokens {
    private static final int SLOTS = 60;

    private final long limit;
    private final long slotNanos;
    private final Deque<Slot> slots = new ArrayDeque<>();

    /** The number counts from the origin of the ticker. */
    private static final class Slot {
        private final long number;
        private long tokens;

        private Slot(long number) {
            this.number = number;
        }
    }

    SpentTokens(long limit, long windowNanos) {
        this.limit = limit;
        this.slotNanos = windowNanos / SLOTS;
    }

    boolean idle(long now) {
        drop(now);
        return slots.isEmpty();
    }

    /** How long it takes until there is room, 0 where there is. @param tokens at most the limit */
    long wait(long tokens, long now) {
        drop(now);
        var over = slots.stream().mapToLong(slot -> slot.tokens).sum() + tokens - limit;
        var wait = 0L;
        for (Iterator<Slot> oldest = slots.iterator(); over > 0 && oldest.hasNext(); ) {
            var slot = oldest.next();
            over -= slot.tokens;
            wait = leaves(slot) - now;
        }
        return wait;
    }

    /** @return the slot that it was put into */
    long spend(long tokens, long now) {
        var number = Math.floorDiv(now, slotNanos);
        if (slots.isEmpty() || slots.getLast().number != number) {
            slots.addLast(new Slot(number));
        }
        slots.getLast().tokens += tokens;
        return number;
    }

    /** What was put into a slot was more or less than it should have been. Nothing, where the slot counts no longer. */
    void correct(long number, long by) {
        slots.stream().filter(slot -> slot.number == number).forEach(slot -> slot.tokens += by);
    }

    private void drop(long now) {
        while (!slots.isEmpty() && leaves(slots.getFirst()) <= now) {
            slots.removeFirst();
        }
    }

    /** The slot of the moment and the 60 before it count: no interval of the window's length has more than the limit. */
    private long leaves(Slot slot) {
        return (slot.number + SLOTS + 1) * slotNanos;
    }
}
