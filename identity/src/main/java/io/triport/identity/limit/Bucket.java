package io.triport.identity.limit;

import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.LimitAlgorithm;
import io.triport.domain.request.RateLimit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one owner has taken of one limit. Guarded by the stripe that holds it. */
abstract sealed class Bucket permits TokenBucket, WindowBucket, LeasedBucket {
    private final RateLimit limit;

    /** Neighbours in the stripe's order of use. */
    @Nullable
    Bucket older;

    @Nullable
    Bucket newer;

    /** Under which the stripe has it; null while it is in no stripe. */
    @Nullable
    String key;

    boolean atLimit;

    Bucket(RateLimit limit) {
        this.limit = limit;
    }

    /** Makes whole buckets of one limit. */
    interface Maker {
        Bucket make(long now);

        static Maker of(RateLimit limit) {
            return limit.algorithm() == LimitAlgorithm.TOKEN_BUCKET
                    ? TokenBucket.maker(limit)
                    : now -> new WindowBucket(limit);
        }
    }

    final RateLimit limit() {
        return limit;
    }

    /** How long the charge has to wait, zero when it need not. What never fits is told to come back after the window. */
    long wait(Charge charge, long now, Company company) {
        return charge.cost() > limit.burst() ? limit.window().toNanos() : nanosUntil(charge.cost(), now);
    }

    /** What a charge that need not wait lacks nevertheless. */
    Need need(long cost, long now, Company company) {
        return Need.NONE;
    }

    abstract void take(long cost, long now, Company company);

    abstract long remaining(long now);

    abstract long nanosUntilWhole(long now);

    /** Zero when so much is there now. */
    abstract long nanosUntil(long cost, long now);

    /** Whether a new bucket in its place would be the same. */
    boolean forgettable(long now) {
        return nanosUntilWhole(now) == 0;
    }

    final Admission.Standing standing(long now) {
        return new Admission.Standing(limit, remaining(now), Duration.ofNanos(nanosUntilWhole(now)));
    }

    enum Need {
        NONE,
        /** Units from the shared store. */
        LEASE,
        /** Word from the shared store, which does not answer. */
        ANSWER
    }
}
