package io.triport.identity.limit;

import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.RateLimiter;
import io.triport.domain.request.SharedRateLimiter;
import io.triport.domain.time.Ticker;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The limiter of a configuration whose limits may be exchanged while it runs: buckets of limits that stay the same live on.
 * Safe for many threads.
 */
public final class NamedLimits implements RateLimiter {
    /*
     * Memory. A limit's bound on buckets is the configuration's or what a quarter of the heap has room for, whichever is less:
     * whoever has many addresses could otherwise fill it.
     */
    private static final long BUCKET_BYTES = 400;
    private static final long SHARE_OF_HEAP = 4;
    private static final int FEWEST = 1_000;

    private final BucketHolder buckets;
    private final long heapBytes;
    private volatile Map<RateLimit, Integer> keys = Map.of();

    /**
     * @param shared the store of shared limits, null where there is one node only
     * @param presence of this process in it
     */
    public NamedLimits(@Nullable SharedRateLimiter shared, Presence presence, Ticker ticker) {
        this(shared, presence, ticker, Runtime.getRuntime().maxMemory());
    }

    NamedLimits(@Nullable SharedRateLimiter shared, Presence presence, Ticker ticker, long heapBytes) {
        this.heapBytes = heapBytes;
        this.buckets = shared == null
                ? new LocalRateLimiter(ticker, this::most)
                : new LeasingRateLimiter(shared, presence, ticker, this::most);
    }

    /** From now on these limits are all there are. */
    public void use(Collection<NamedLimit> limits) {
        keys = limits.stream().collect(Collectors.toMap(NamedLimit::limit, NamedLimit::keys, Math::max));
        buckets.keepOnly(keys.keySet());
    }

    /** Charges that passed uncounted, because their limit allows it while the store is away. */
    public long uncounted() {
        return buckets.uncounted();
    }

    @Override
    public Admission take(List<Charge> charges) {
        return buckets.take(charges);
    }

    @Override
    public Optional<Admission> takeNow(List<Charge> charges) {
        return buckets.takeNow(charges);
    }

    int most(RateLimit limit) {
        var known = keys;
        var room = heapBytes / SHARE_OF_HEAP / BUCKET_BYTES / Math.max(1, known.size());
        return (int) Math.min(known.getOrDefault(limit, LocalRateLimiter.MOST), Math.max(FEWEST, room));
    }
}
