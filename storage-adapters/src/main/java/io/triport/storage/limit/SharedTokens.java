package io.triport.storage.limit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketState;
import io.github.bucket4j.MathType;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.distributed.remote.MutableBucketEntry;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import io.github.bucket4j.distributed.remote.RemoteStat;
import io.github.bucket4j.distributed.versioning.Versions;
import io.triport.domain.request.RateLimit;

/** A bucket of bucket4j, in its own form. */
final class SharedTokens implements Counted {
    private final RateLimit limit;
    private final long now;
    private final RemoteBucketState bucket;

    /** @param state empty for a full bucket */
    SharedTokens(RateLimit limit, byte[] state, long now) {
        this.limit = limit;
        this.now = now;
        this.bucket = state.length == 0 ? full() : adapted(state);
        bucket.refillAllBandwidth(now);
    }

    @Override
    public long remaining() {
        return bucket.getAvailableTokens();
    }

    @Override
    public long nanosUntil(long cost) {
        return bucket.calculateDelayNanosAfterWillBePossibleToConsume(cost, now, false);
    }

    @Override
    public void take(long cost) {
        bucket.consume(cost);
    }

    @Override
    public long nanosUntilWhole() {
        return bucket.calculateFullRefillingTime(now);
    }

    @Override
    public byte[] state() {
        return new MutableBucketEntry(bucket).getStateBytes(Versions.getLatest());
    }

    private RemoteBucketState full() {
        return new RemoteBucketState(
                BucketState.createInitialState(configuration(), MathType.INTEGER_64_BITS, now),
                new RemoteStat(0),
                null);
    }

    private RemoteBucketState adapted(byte[] state) {
        var stored = new MutableBucketEntry(state).get();
        if (!stored.getConfiguration().equals(configuration())) {
            stored.replaceConfiguration(configuration(), TokensInheritanceStrategy.PROPORTIONALLY, now);
        }
        return stored;
    }

    private BucketConfiguration configuration() {
        var bandwidth = Bandwidth.builder()
                .capacity(limit.burst())
                .refillGreedy(limit.limit(), limit.window())
                .build();
        return BucketConfiguration.builder().addLimit(bandwidth).build();
    }
}
