package io.triport.storage.noncelog;

import java.time.Duration;

/** The live marks in memory. Safe for many threads: of any number that spend a mark at once, one is first. */
final class SpentMarks {
    /*
     * Every stripe is an island: a mark belongs to one stripe, whose monitor guards all that is known of the mark. Within a
     * stripe a new generation begins after an eighth of the memory, so that forgetting drops whole tables and never searches.
     */
    private static final int STRIPES = 64;
    private static final int GENERATIONS = 8;

    private final Stripe[] stripes = new Stripe[STRIPES];

    SpentMarks(Duration memory, long seed) {
        for (var i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe(memory.toNanos() / GENERATIONS, seed);
        }
    }

    /** Whether the mark was not spent before, and is now. */
    boolean spend(Mark mark, Keep keep, Moment now) {
        return stripe(mark).spend(mark, keep, now);
    }

    /** How many marks were forgotten. */
    long forget(Moment now) {
        var forgotten = 0L;
        for (var stripe : stripes) {
            forgotten += stripe.forget(now);
        }
        return forgotten;
    }

    long heldBytes() {
        var held = 0L;
        for (var stripe : stripes) {
            held += stripe.heldBytes();
        }
        return held;
    }

    private Stripe stripe(Mark mark) {
        return stripes[(int) mark.low() & (STRIPES - 1)];
    }
}
