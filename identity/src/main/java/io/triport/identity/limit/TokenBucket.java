package io.triport.identity.limit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketState;
import io.github.bucket4j.MathType;
import io.triport.domain.request.RateLimit;

/** The state of a bucket of bucket4j, without the parts that many threads would need. */
final class TokenBucket extends Bucket {
    private final BucketState state;

    private TokenBucket(RateLimit limit, BucketConfiguration configuration, long now) {
        super(limit);
        this.state = BucketState.createInitialState(configuration, MathType.INTEGER_64_BITS, now);
    }

    static Maker maker(RateLimit limit) {
        var bandwidth = Bandwidth.builder()
                .capacity(limit.burst())
                .refillGreedy(limit.limit(), limit.window())
                .build();
        var configuration = BucketConfiguration.builder().addLimit(bandwidth).build();
        return now -> new TokenBucket(limit, configuration, now);
    }

    @Override
    long nanosUntil(long cost, long now) {
        state.refillAllBandwidth(now);
        return state.calculateDelayNanosAfterWillBePossibleToConsume(cost, now, false);
    }

    @Override
    void take(long cost, long now, Company company) {
        state.consume(cost);
    }

    @Override
    long remaining(long now) {
        state.refillAllBandwidth(now);
        return state.getAvailableTokens();
    }

    @Override
    long nanosUntilWhole(long now) {
        state.refillAllBandwidth(now);
        return state.calculateFullRefillingTime(now);
    }
}
