package io.triport.storage.postgresql;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketState;
import io.github.bucket4j.MathType;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.distributed.remote.MutableBucketEntry;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import io.github.bucket4j.distributed.remote.RemoteStat;
import io.github.bucket4j.distributed.versioning.Versions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** A bucket of bucket4j while its row is locked. */
final class SharedBucket {
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(60);

    private final Bytes name;
    private final RateLimit limit;
    private final Instant now;
    private final RemoteBucketState bucket;

    /** @param state empty for a bucket that is not there yet */
    SharedBucket(Bytes name, RateLimit limit, byte[] state, long expiresAt, Instant now) {
        this.name = name;
        this.limit = limit;
        this.now = now;
        this.bucket = state.length == 0 || fromAnotherTime(expiresAt) ? full() : adapted(state);
        bucket.refillAllBandwidth(nanos());
    }

    Bytes name() {
        return name;
    }

    boolean take(long cost) {
        if (bucket.getAvailableTokens() < cost) {
            return false;
        }
        bucket.consume(cost);
        return true;
    }

    long remaining() {
        return bucket.getAvailableTokens();
    }

    /** A bucket that never holds so much is asked again after its window. */
    Duration retryAfter(long cost) {
        return cost > limit.burst()
                ? limit.window()
                : Duration.ofNanos(bucket.calculateDelayNanosAfterWillBePossibleToConsume(cost, nanos(), false));
    }

    byte[] state() {
        return new MutableBucketEntry(bucket).getStateBytes(Versions.getLatest());
    }

    /** When it is full again, in milliseconds since the epoch. */
    long expiresAt() {
        return now.plusNanos(bucket.calculateFullRefillingTime(nanos())).toEpochMilli() + 1;
    }

    /** A node whose clock was far ahead would otherwise keep the bucket empty for all until that time comes. */
    private boolean fromAnotherTime(long expiresAt) {
        var longestRefill = (double) limit.window().toMillis() * limit.burst() / limit.limit();
        return expiresAt - now.plus(CLOCKS_DIFFER).toEpochMilli() > longestRefill + 1;
    }

    private RemoteBucketState full() {
        return new RemoteBucketState(
                BucketState.createInitialState(configuration(), MathType.INTEGER_64_BITS, nanos()),
                new RemoteStat(0),
                null);
    }

    private RemoteBucketState adapted(byte[] state) {
        var stored = new MutableBucketEntry(state).get();
        if (!stored.getConfiguration().equals(configuration())) {
            stored.replaceConfiguration(configuration(), TokensInheritanceStrategy.PROPORTIONALLY, nanos());
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

    private long nanos() {
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
