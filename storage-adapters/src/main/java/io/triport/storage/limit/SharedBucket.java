package io.triport.storage.limit;

import io.triport.domain.request.Admission;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Charge;
import io.triport.domain.request.LimitAlgorithm;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A bucket of all nodes while its state is held by one of them. Used by one thread. */
public final class SharedBucket {
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(60);
    private static final byte[] NEW = new byte[0];

    private final Charge charge;
    private final Instant now;
    private final Counted counted;

    private SharedBucket(Charge charge, Instant now, Counted counted) {
        this.charge = charge;
        this.now = now;
        this.counted = counted;
    }

    /**
     * @param state empty for a bucket that is not there yet
     * @param expiresAt when it will be full again, as it was stored
     */
    public static SharedBucket of(Charge charge, byte[] state, long expiresAt, Instant now) {
        var limit = charge.limit();
        var known = fromAnotherTime(limit, expiresAt, now) ? NEW : state;
        var nanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        return new SharedBucket(
                charge,
                now,
                limit.algorithm() == LimitAlgorithm.TOKEN_BUCKET
                        ? new SharedTokens(limit, known, nanos)
                        : new SharedWindow(limit, known, nanos));
    }

    /** Under which a store keeps the bucket of a charge. Another algorithm has another bucket. */
    public static Bytes name(Charge charge) {
        var algorithm = charge.limit().algorithm();
        var sha256 = Sha256.begun();
        update(sha256, charge.key());
        if (algorithm != LimitAlgorithm.TOKEN_BUCKET) {
            update(sha256, algorithm.name());
        }
        return Bytes.copyOf(sha256.digest());
    }

    /** Takes from all or from none; what was taken is to be stored. */
    public static Admission take(List<SharedBucket> buckets) {
        var slowest = -1;
        var longest = 0L;
        for (var i = 0; i < buckets.size(); i++) {
            var wait = buckets.get(i).nanosUntilTaken();
            if (wait > longest) {
                longest = wait;
                slowest = i;
            }
        }
        if (slowest < 0) {
            buckets.forEach(bucket -> bucket.counted.take(bucket.charge.cost()));
        }
        var standings = buckets.stream().map(SharedBucket::standing).toList();
        return slowest < 0
                ? new Admission.Taken(standings)
                : new Admission.Exhausted(slowest, Duration.ofNanos(longest), standings);
    }

    public Charge charge() {
        return charge;
    }

    public byte[] state() {
        return counted.state();
    }

    /** When it is full again, in milliseconds since the epoch. */
    public long expiresAt() {
        return now.plusNanos(counted.nanosUntilWhole()).toEpochMilli() + 1;
    }

    /** A bucket that never holds so much is asked again after its window. */
    private long nanosUntilTaken() {
        var limit = charge.limit();
        return charge.cost() > limit.burst() ? limit.window().toNanos() : counted.nanosUntil(charge.cost());
    }

    private Admission.Standing standing() {
        return new Admission.Standing(charge.limit(), counted.remaining(), Duration.ofNanos(counted.nanosUntilWhole()));
    }

    /** A node whose clock was far ahead would otherwise keep the bucket empty for all until that time comes. */
    private static boolean fromAnotherTime(RateLimit limit, long expiresAt, Instant now) {
        var longestRefill = 2.0 * limit.window().toMillis() * limit.burst() / limit.limit();
        return expiresAt - now.plus(CLOCKS_DIFFER).toEpochMilli() > longestRefill + 1;
    }

    /** With its length, so that no two lists of parts share a digest by moving a boundary. */
    private static void update(MessageDigest digest, String part) {
        var bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }
}
