package io.triport.storage.noncelog;

import java.util.ArrayDeque;
import java.util.Deque;

/** The marks of one stripe by generation, the youngest first. Everything is guarded by this object's monitor. */
final class Stripe {
    private final long spanNanos;
    private final long seed;
    private final Deque<Generation> generations = new ArrayDeque<>();

    Stripe(long spanNanos, long seed) {
        this.spanNanos = spanNanos;
        this.seed = seed;
    }

    synchronized boolean spend(Mark mark, Keep keep, Moment now) {
        for (var generation : generations) {
            if (generation.marks.contains(mark)) {
                return false;
            }
        }
        var youngest = generations.peekFirst();
        if (youngest == null || now.nanosSince(youngest.begun) >= spanNanos) {
            youngest = new Generation(now, keep, new MarkTable(seed));
            generations.addFirst(youngest);
        }
        youngest.keep = youngest.keep.andUntil(keep);
        return youngest.marks.add(mark);
    }

    synchronized long forget(Moment now) {
        var forgotten = 0L;
        for (var each = generations.iterator(); each.hasNext(); ) {
            var generation = each.next();
            if (generation.keep.passed(now)) {
                forgotten += generation.marks.size();
                each.remove();
            }
        }
        return forgotten;
    }

    synchronized long heldBytes() {
        return generations.stream()
                .mapToLong(generation -> generation.marks.heldBytes())
                .sum();
    }

    /** Marks that came within one span and are forgotten together. */
    private static final class Generation {
        private final Moment begun;
        private final MarkTable marks;
        private Keep keep;

        private Generation(Moment begun, Keep keep, MarkTable marks) {
            this.begun = begun;
            this.keep = keep;
            this.marks = marks;
        }
    }
}
