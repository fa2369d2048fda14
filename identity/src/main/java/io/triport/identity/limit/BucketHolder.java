package io.triport.identity.limit;

import io.triport.domain.request.RateLimit;
import io.triport.domain.request.RateLimiter;
import java.util.Collection;

/** A limiter with buckets of its own. */
sealed interface BucketHolder extends RateLimiter permits LocalRateLimiter, LeasingRateLimiter {
    /** Forgets the buckets of all other limits, after a change of configuration. */
    void keepOnly(Collection<RateLimit> limits);

    /** Charges that passed uncounted. */
    long uncounted();
}
