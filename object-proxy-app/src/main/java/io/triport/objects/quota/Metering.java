package io.triport.objects.quota;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Grant;
import io.triport.domain.object.BucketName;
import io.triport.objects.bucket.Bucket;
import io.triport.objects.bucket.Quota;
import io.triport.objects.wire.S3Error;
import io.triport.objects.wire.S3Refused;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Measures requests by the quotas of their buckets. Safe for many threads. */
public final class Metering implements Usage {
    private final Quotas quotas;
    private final Clock clock;
    private final MeterRegistry registry;
    private final Set<BucketName> shown = ConcurrentHashMap.newKeySet();

    public Metering(Quotas quotas, Clock clock, MeterRegistry registry) {
        this.quotas = quotas;
        this.clock = clock;
        this.registry = registry;
    }

    /**
     * Room for bytes that are to pass; empty where the bucket has no quota for them.
     *
     * @throws S3Refused SLOW_DOWN of a quota, where they do not fit
     * @throws StorageFailure.Unavailable while it is not known what was used before
     */
    public Optional<Reservation> reserve(Bucket bucket, Grant grant, Quota.Direction direction, long bytes) {
        var quota = bucket.quota();
        if (quota == null || !quota.direction().counts(direction)) {
            return Optional.empty();
        }
        var name = MeterName.of(bucket.name(), quota, grant.principal().id());
        var outcome = quotas.reserve(name, quota, bytes, clock.instant());
        show(bucket.name());
        if (!outcome.delay().isZero()) {
            throw refused(quota, outcome.delay());
        }
        return Optional.of(new Reservation(outcome.meter(), clock, bytes));
    }

    /** Counts bytes that have passed without having been reserved. */
    public void count(Bucket bucket, Grant grant, Quota.Direction direction, long bytes) {
        var quota = bucket.quota();
        if (bytes > 0 && quota != null && quota.direction().counts(direction)) {
            quotas.count(MeterName.of(bucket.name(), quota, grant.principal().id()), quota, bytes, clock.instant());
        }
    }

    @Override
    public List<Consumption> now() {
        return quotas.usage(clock.instant());
    }

    private double used(BucketName bucket) {
        return now().stream()
                .filter(one -> one.bucket().equals(bucket))
                .mapToLong(Consumption::usedBytes)
                .sum();
    }

    private void show(BucketName bucket) {
        if (shown.add(bucket)) {
            Gauge.builder("quota.used", this, metering -> metering.used(bucket))
                    .baseUnit("bytes")
                    .tag("bucket", bucket.text())
                    .register(registry);
        }
    }

    private static S3Refused refused(Quota quota, Duration wait) {
        var seconds = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
        return S3Error.QUOTA_EXCEEDED
                .refused()
                .field("Retry-After", Long.toString(seconds))
                .field(
                        "RateLimit-Policy",
                        "\"bandwidth\";q=" + quota.limit().bytes() + ";w="
                                + quota.window().toSeconds())
                .field("RateLimit", "\"bandwidth\";r=0;t=" + seconds);
    }
}
