package io.triport.objects.quota;

import io.triport.domain.durable.DurableObjects;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectListing;
import io.triport.domain.durable.Staleness;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Grant;
import io.triport.domain.storage.Storage;
import io.triport.objects.bucket.Buckets;
import io.triport.objects.bucket.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The meters of this node, and what keeps them in step with their durable objects. Safe for many threads. */
public final class Quotas {
    /*
     * One second
     *
     * Whether bytes fit is decided here, without a commit. Once a second the task tells the durable object of each meter that has
     * counted something, and learns what all nodes together have: so a crash forgets at most the last second, and on several nodes
     * a quota may be exceeded by what the others let pass in that second.
     *
     * The start
     *
     * Nothing is admitted before it is known what was used before the start; requests wait for the task's first run.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final int PAGE = 1_000;
    private static final int AT_ONCE = 64;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Buckets buckets;
    private final Map<String, Meter> meters = new ConcurrentHashMap<>();
    private final CountDownLatch learned = new CountDownLatch(1);
    private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.EPOCH);

    public Quotas(Buckets buckets) {
        this.buckets = buckets;
    }

    /** A meter, where the bytes fit. @param delay until they may fit, zero where they do */
    record Outcome(Meter meter, Duration delay) {}

    /** @throws StorageFailure.Unavailable while it is not known what was used before */
    Outcome reserve(MeterName name, Quota quota, long bytes, Instant now) {
        awaitLearned();
        seen(now);
        while (true) {
            var meter = meter(name, quota);
            var wait = meter.reserve(quota, bytes, now);
            if (wait.isPresent()) {
                return new Outcome(meter, wait.get());
            }
            meters.remove(name.text(), meter);
        }
    }

    /** Counts bytes that have passed without having been reserved. */
    void count(MeterName name, Quota quota, long bytes, Instant now) {
        seen(now);
        for (var meter = meter(name, quota); !meter.count(bytes, now); meter = meter(name, quota)) {
            meters.remove(name.text(), meter);
        }
    }

    private Meter meter(MeterName name, Quota quota) {
        return meters.computeIfAbsent(name.text(), key -> new Meter(name, quota));
    }

    private void seen(Instant now) {
        latest.accumulateAndGet(now, (one, other) -> one.isBefore(other) ? other : one);
    }

    /** Whether {@link #sync} has something to do. */
    public boolean due() {
        var now = latest.get();
        return learned.getCount() > 0
                ? buckets.all().stream().anyMatch(bucket -> bucket.quota() != null)
                : meters.values().stream().anyMatch(meter -> meter.dirty(now));
    }

    /** Tells the durable objects what was counted, and learns what they know. */
    public void sync(Grant grant, Storage storage) {
        var objects = storage.durableObjects(grant, QuotaObject.TYPE);
        if (learned.getCount() > 0) {
            learn(objects);
            learned.countDown();
        }
        var now = latest.get();
        var dirty = meters.values().stream().filter(meter -> meter.dirty(now)).toList();
        for (var from = 0; from < dirty.size(); from += AT_ONCE) {
            var some = dirty.subList(from, Math.min(dirty.size(), from + AT_ONCE));
            // At once, so that the commits of many share an fsync.
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                some.forEach(meter -> threads.execute(() -> tell(objects, meter, now)));
            }
        }
        meters.values().removeIf(Meter::retire);
    }

    /** @throws StorageFailure.Unavailable while it is not known what was used before */
    List<Consumption> usage(Instant now) {
        if (learned.getCount() > 0 && due()) {
            throw unknown();
        }
        return meters.values().stream()
                .map(meter -> consumption(meter, now))
                .filter(used -> used.usedBytes() > 0)
                .sorted(Comparator.comparing(Consumption::id))
                .toList();
    }

    private static Consumption consumption(Meter meter, Instant now) {
        var name = meter.name();
        return new Consumption(name.text(), name.bucket(), name.identity(), meter.used(now), meter.quota());
    }

    private void awaitLearned() {
        try {
            if (learned.await(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw unknown();
    }

    private static StorageFailure.Unavailable unknown() {
        return new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "quotas: not known what was used before");
    }

    private void learn(DurableObjects objects) {
        for (var id : all(objects)) {
            var used = QuotaObject.Used.parse(objects.read(id, QuotaObject.read(), Staleness.NONE));
            id.name().flatMap(name -> MeterName.of(name, used.identity())).ifPresent(name -> learn(name, used));
        }
    }

    private void learn(MeterName name, QuotaObject.Used used) {
        buckets.find(name.bucket()).ifPresent(bucket -> {
            var quota = bucket.quota();
            if (quota != null) {
                meter(name, quota).learned(used.slots());
            }
        });
    }

    private static List<ObjectId> all(DurableObjects objects) {
        var ids = new ArrayList<ObjectId>();
        var after = Optional.<ObjectId>empty();
        do {
            var page = objects.list(after, PAGE);
            ids.addAll(page.ids());
            after = page instanceof ObjectListing.More more ? Optional.of(more.last()) : Optional.empty();
        } while (after.isPresent());
        return ids;
    }

    /** One that fails is told the next time. */
    private static void tell(DurableObjects objects, Meter meter, Instant now) {
        try {
            var id = objects.named(meter.name().object());
            meter.told(objects.inTurn(id, meter.telling(now)));
        } catch (StorageFailure e) {
            LOG.warn(
                    "quota not kept, which is tried again bucket={} code={}",
                    meter.name().bucket(),
                    e.code());
        }
    }
}
