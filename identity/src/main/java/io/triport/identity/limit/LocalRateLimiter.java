package io.triport.identity.limit;

import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.RateLimit;
import io.triport.domain.time.Ticker;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Buckets in this node's memory. Their number is bounded for each limit: when it is reached, a whole bucket that was long
 * unused is forgotten for a new one, else one that has something left, and one that is at its limit last. Never waits for
 * anything but other takers, and for them about a microsecond. Safe for many threads.
 */
public final class LocalRateLimiter implements BucketHolder {
    /** Buckets of a limit when nothing else is said. */
    public static final int MOST = 1_000_000;

    private final Buckets buckets;

    public LocalRateLimiter(Ticker ticker) {
        this(ticker, limit -> MOST);
    }

    /** @param most buckets of a limit, 1 or more */
    public LocalRateLimiter(Ticker ticker, ToIntFunction<RateLimit> most) {
        this.buckets = new Buckets(ticker, most, Bucket.Maker::of);
    }

    @Override
    public Admission take(List<Charge> charges) {
        return switch (buckets.take(charges, Company.NONE)) {
            case Buckets.Decided decided -> decided.admission();
            case Buckets.Wanting wanting -> throw new IllegalStateException("a local bucket leases nothing");
            case Buckets.Unknowable unknowable -> throw new IllegalStateException("a local bucket asks nobody");
        };
    }

    @Override
    public Optional<Admission> takeNow(List<Charge> charges) {
        return Optional.of(take(charges));
    }

    @Override
    public void keepOnly(Collection<RateLimit> limits) {
        buckets.keepOnly(limits);
    }

    @Override
    public long uncounted() {
        return 0;
    }

    int size() {
        return buckets.size();
    }
}
