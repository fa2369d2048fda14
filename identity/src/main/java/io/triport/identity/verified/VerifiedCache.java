package io.triport.identity.verified;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Verifications of the last minute, of all mechanisms of a program. Holds digests of credentials and never a credential. Safe
 * for many threads; a look takes no lock.
 */
public final class VerifiedCache {
    /*
     * Places. The digest chooses a row of eight; within it the entry that has ended, or else the one that was not used for the
     * longest time, gives way. That is LRU by rows: no list that all threads change, and a hit writes one plain field.
     *
     * Size. An entry holds a principal with its claims, a few kilobytes; the number of places follows the heap, so that a small
     * program is not filled by strangers' tokens.
     *
     * Wall clock. Claims are judged by it, so what was judged before it was set back would live too long. Every verification
     * looks whether it lies behind the latest one by more than the clocks may differ, and then begins a new epoch.
     */
    /** How long a verification is remembered at most, whatever is configured. */
    public static final Duration LONGEST = Duration.ofSeconds(60);

    private static final int ROW = 8;
    private static final int MOST_ROWS = 8_192;
    private static final int LEAST_ROWS = 64;
    private static final long HEAP_PER_ENTRY = 32_768;
    private static final Duration COARSE = Duration.ofSeconds(1);

    private final AtomicReferenceArray<@Nullable Remembered> places;
    private final Ticker ticker;
    private final AtomicLong mechanisms = new AtomicLong();
    private final AtomicLong latestMillis = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong epoch = new AtomicLong();

    /** As large as the heap allows, at most 65 536 entries. */
    public VerifiedCache(Ticker ticker) {
        this(ticker, rows(Runtime.getRuntime().maxMemory()));
    }

    VerifiedCache(Ticker ticker, int rows) {
        this.ticker = ticker;
        this.places = new AtomicReferenceArray<>(rows * ROW);
    }

    /**
     * The mechanism with a memory. Another call has a memory of its own, so that what a changed configuration made is new.
     *
     * @param life how long a verification is remembered, zero for not at all, at most 60 s
     * @param skew by how much the wall clock may be set back without anything being forgotten
     */
    public IdentityMechanism over(RepeatableMechanism mechanism, Duration life, Duration skew) {
        if (life.isNegative() || life.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("life: " + life + " (expected: 0s .. 60s)");
        }
        return life.isZero()
                ? mechanism
                : new RememberingMechanism(mechanism, this, life, skew, mechanisms.incrementAndGet());
    }

    @Nullable
    Remembered find(CredentialDigest credential) {
        var row = row(credential);
        for (var place = row; place < row + ROW; place++) {
            var found = places.get(place);
            if (found != null && found.of(credential)) {
                return found;
            }
        }
        return null;
    }

    void put(CredentialDigest credential, Remembered fresh) {
        var row = row(credential);
        var nanos = ticker.nanos();
        fresh.used(nanos);
        var worst = row;
        var worstIdle = Long.MIN_VALUE;
        for (var place = row; place < row + ROW; place++) {
            var found = places.get(place);
            if (found == null || found.of(credential) || found.ended(nanos)) {
                places.set(place, fresh);
                return;
            }
            var idle = nanos - found.usedAtNanos();
            if (idle > worstIdle) {
                worst = place;
                worstIdle = idle;
            }
        }
        places.set(worst, fresh);
    }

    /** The epoch of the wall clock, which is another from when it was set back. */
    long epoch(Instant now, Duration skew) {
        var millis = now.toEpochMilli();
        var latest = latestMillis.get();
        if (latest != Long.MIN_VALUE && millis < latest - skew.toMillis()) {
            if (latestMillis.compareAndSet(latest, millis)) {
                epoch.incrementAndGet();
            }
        } else if (latest == Long.MIN_VALUE || millis > latest + COARSE.toMillis()) {
            latestMillis.compareAndSet(latest, millis);
        }
        return epoch.get();
    }

    long nanos() {
        return ticker.nanos();
    }

    private int row(CredentialDigest credential) {
        return Math.floorMod(credential.hashCode(), places.length() / ROW) * ROW;
    }

    static int rows(long heapBytes) {
        var wanted = heapBytes / HEAP_PER_ENTRY / ROW;
        return Math.clamp(wanted, LEAST_ROWS, MOST_ROWS);
    }
}
