package io.triport.identity.limit;

import io.triport.domain.request.Admission;
import io.triport.domain.request.RateLimit;

/** Units that the store counted for this node before they are used. Guarded by the stripe of their bucket. */
final class Lease {
    /*
     * Units are asked for as many as requests wait for, and the store may answer when these no longer wait. What nobody uses then
     * must not lie here until another window and come on top of that window's own. As long as the store's present slot lasts,
     * however, a unit counts there as if it had been taken when it is used, so that any number does no harm. Then all but a few go.
     */
    private static final long SLOTS = 60;

    private long units;
    private long ends;
    private long exactUntil;
    private long kept;

    /**
     * What the store gave.
     *
     * @param ends when it counts them no longer
     * @param exactUntil until when their use may not be told from taking them
     * @param kept of them after that at most
     */
    record Grant(long units, long ends, long exactUntil, long kept) {
        /** @param asked when the store was, at the latest */
        static Grant of(RateLimit limit, long units, Admission.Standing standing, long asked) {
            var window = limit.window().toNanos();
            var whole = standing.wholeAfter().toNanos();
            var kept = Math.max(LeasedBucket.ahead(limit), 1);
            return switch (limit.algorithm()) {
                case FIXED -> new Grant(units, asked + whole, asked + whole, kept);
                // The newest slot, which is the present one, leaves a window after its end.
                case SLIDING_WINDOW -> new Grant(units, asked + window, asked + Math.max(0, whole - window), kept);
                case SLIDING_LOG, TOKEN_BUCKET -> new Grant(units, asked + window, asked + window / SLOTS, kept);
            };
        }

        Grant keeping(long cost) {
            return new Grant(units, ends, exactUntil, Math.max(kept, cost));
        }
    }

    /** Units at hand. @param awaited by requests, which keep theirs */
    long units(long now, long awaited) {
        if (units > 0 && now - ends >= 0) {
            units = 0;
        }
        if (units > kept && now - exactUntil >= 0) {
            units = Math.min(units, Math.max(kept, awaited));
        }
        return units;
    }

    void use(long cost) {
        units -= cost;
    }

    void add(Grant grant, long now, long awaited) {
        var before = units(now, awaited);
        ends = before > 0 ? earlier(ends, grant.ends()) : grant.ends();
        exactUntil = before > kept ? earlier(exactUntil, grant.exactUntil()) : grant.exactUntil();
        kept = grant.kept();
        units = before + grant.units();
    }

    /** Moments of a ticker may overflow. */
    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }
}
