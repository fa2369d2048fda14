package io.triport.objects.quota;

import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectEvent;
import io.triport.objects.bucket.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** What one bucket, or one identity in it, has used as far as this node knows. Safe for many threads: its lock guards all. */
final class Meter {
    /*
     * Three counts
     *
     * `known` is what the durable object said last, of all nodes. `fresh` is what was counted here since. While the object is told
     * of it, it is `sending`; it stays so when the telling fails, and is told again: rather twice than never.
     */
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

    private final MeterName name;
    private final ReentrantLock lock = new ReentrantLock();
    private Quota quota;
    private Slots known;
    private Slots sending;
    private Slots fresh;
    private long reserved;
    private int transfers;
    private boolean retired;

    Meter(MeterName name, Quota quota) {
        this.name = name;
        this.quota = quota;
        this.known = new Slots(quota.slotSeconds());
        this.sending = new Slots(quota.slotSeconds());
        this.fresh = new Slots(quota.slotSeconds());
    }

    MeterName name() {
        return name;
    }

    /** @return zero where the bytes are reserved, else how long to wait before they may fit; empty where the meter is retired */
    Optional<Duration> reserve(Quota present, long bytes, Instant now) {
        lock.lock();
        try {
            if (retired) {
                return Optional.empty();
            }
            follow(present);
            var used = usedWithin(now);
            var limit = quota.limit().bytes();
            if (used + reserved + bytes > limit) {
                return Optional.of(untilFits(used + reserved + bytes - limit, now));
            }
            reserved += bytes;
            transfers++;
            return Optional.of(Duration.ZERO);
        } finally {
            lock.unlock();
        }
    }

    /** Counts bytes that were not reserved. @return false where the meter is retired */
    boolean count(long bytes, Instant now) {
        lock.lock();
        try {
            if (!retired) {
                fresh.add(quota.slot(now), bytes);
            }
            return !retired;
        } finally {
            lock.unlock();
        }
    }

    /** @param fromReserved how many of the bytes had been reserved */
    void moved(long bytes, long fromReserved, Instant now) {
        lock.lock();
        try {
            fresh.add(quota.slot(now), bytes);
            reserved -= fromReserved;
        } finally {
            lock.unlock();
        }
    }

    /** Ends a transfer. @param left of what it had reserved */
    void ended(long left) {
        lock.lock();
        try {
            reserved -= left;
            transfers--;
        } finally {
            lock.unlock();
        }
    }

    long used(Instant now) {
        lock.lock();
        try {
            return usedWithin(now);
        } finally {
            lock.unlock();
        }
    }

    Quota quota() {
        lock.lock();
        try {
            return quota;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the durable object is to be told something, or can be done without. */
    boolean dirty(Instant now) {
        lock.lock();
        try {
            return !fresh.isEmpty() || !sending.isEmpty() || !known.isEmpty() && known.sum(quota.oldest(now)) == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the meter for good where there is nothing on it. */
    boolean retire() {
        lock.lock();
        try {
            retired = transfers == 0 && fresh.isEmpty() && sending.isEmpty() && known.isEmpty();
            return retired;
        } finally {
            lock.unlock();
        }
    }

    /** What the durable object is to be told. */
    ObjectEvent telling(Instant now) {
        lock.lock();
        try {
            sending.addAll(fresh);
            fresh.clear();
            return QuotaObject.add(sending, quota.oldest(now), name.identity());
        } finally {
            lock.unlock();
        }
    }

    /** The durable object has what it was told. */
    void told(ObjectAnswer answer) {
        lock.lock();
        try {
            known = QuotaObject.Used.parse(answer).slots().in(quota.slotSeconds());
            sending.clear();
        } finally {
            lock.unlock();
        }
    }

    /** What the durable object has from before this process. */
    void learned(Slots used) {
        lock.lock();
        try {
            known = used.in(quota.slotSeconds());
        } finally {
            lock.unlock();
        }
    }

    private void follow(Quota present) {
        if (present.slotSeconds() != quota.slotSeconds()) {
            known = known.in(present.slotSeconds());
            sending = sending.in(present.slotSeconds());
            fresh = fresh.in(present.slotSeconds());
        }
        quota = present;
    }

    private long usedWithin(Instant now) {
        var oldest = quota.oldest(now);
        return known.sum(oldest) + sending.sum(oldest) + fresh.sum(oldest);
    }

    private Duration untilFits(long tooMany, Instant now) {
        var all = new Slots(quota.slotSeconds());
        all.addAll(known);
        all.addAll(sending);
        all.addAll(fresh);
        var left = tooMany;
        for (var slot : all.from(quota.oldest(now)).entrySet()) {
            left -= slot.getValue();
            if (left <= 0) {
                return longest(Duration.between(now, quota.forgotten(slot.getKey())), SHORTEST_WAIT);
            }
        }
        // Transfers under way may need less than they have reserved; what is longer than the limit never fits.
        return left > reserved ? quota.window() : SHORTEST_WAIT;
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
