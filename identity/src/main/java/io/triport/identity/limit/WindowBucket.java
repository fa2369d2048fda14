package io.triport.identity.limit;

import io.triport.domain.request.RateLimit;
import io.triport.domain.request.WindowCount;

/** What was taken in a window, against its limit. */
final class WindowBucket extends Bucket {
    private final WindowCount count;

    WindowBucket(RateLimit limit) {
        super(limit);
        this.count = WindowCount.of(limit);
    }

    @Override
    long nanosUntil(long cost, long now) {
        count.advance(now);
        return count.nanosUntil(limit().limit() - cost, now);
    }

    @Override
    void take(long cost, long now, Company company) {
        count.add(now, cost);
    }

    @Override
    long remaining(long now) {
        count.advance(now);
        return limit().limit() - count.taken();
    }

    @Override
    long nanosUntilWhole(long now) {
        count.advance(now);
        return count.nanosUntil(0, now);
    }
}
