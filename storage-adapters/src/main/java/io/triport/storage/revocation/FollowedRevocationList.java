package io.triport.storage.revocation;

import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.Revocation;
import io.triport.domain.identity.RevocationCheck;
import io.triport.domain.identity.RevocationKey;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All of a source in memory. */
final class FollowedRevocationList implements RevocationList {
    /*
     * Staleness. The source is read every 5 s, a statement ends within 5 s, and the age of what is in memory counts from the
     * beginning of the read that brought it: what was in the source before that beginning is in memory.
     *
     * Concurrency. Reads of the source, revocations and forgetting hold the lock, so that a read which began before a
     * revocation cannot take it out again. Checks hold nothing.
     */
    static final Duration EVERY = Duration.ofSeconds(5);

    /** After a failure the source is asked again this soon. */
    static final Duration AGAIN = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final RevocationCheck STANDING = new RevocationCheck.Standing();
    private static final RevocationCheck REVOKED = new RevocationCheck.Revoked();

    private final RevocationSource source;
    private final Ticker ticker;
    private final Map<RevocationKey, Revocation> known = new ConcurrentHashMap<>();
    private final long openedAt;
    private final Object lock = new Object();
    private long dueAt;
    private boolean failing;
    private volatile Reading reading = Reading.NEVER;

    /** When what is in memory was read, by the ticker, and at which revision. */
    private record Reading(boolean happened, long at, long revision) {
        static final Reading NEVER = new Reading(false, 0, 0);
    }

    FollowedRevocationList(RevocationSource source, Ticker ticker) {
        this.source = source;
        this.ticker = ticker;
        this.openedAt = ticker.nanos();
        this.dueAt = openedAt;
    }

    @Override
    public RevocationCheck check(Set<RevocationKey> keys, Instant issuedAt) {
        for (var key : keys) {
            var revocation = known.get(key);
            if (revocation != null && revocation.covers(issuedAt)) {
                return REVOKED;
            }
        }
        var last = reading;
        var age = Duration.ofNanos(ticker.nanos() - (last.happened() ? last.at() : openedAt));
        return last.happened() && age.compareTo(BLIND) <= 0 ? STANDING : new RevocationCheck.Stale(age);
    }

    @Override
    public boolean isEmpty() {
        return known.isEmpty();
    }

    @Override
    public void revoke(Revocation revocation) {
        synchronized (lock) {
            var stored = StoredRevocation.of(revocation);
            source.keep(stored);
            learn(stored.toRevocation());
        }
    }

    @Override
    public long forget(Instant now) {
        synchronized (lock) {
            known.values().removeIf(revocation -> !revocation.keepUntil().isAfter(now));
            return source.forget(now.toEpochMilli());
        }
    }

    /** Reads the source when it is time to; to be called about once a second. */
    void follow() {
        synchronized (lock) {
            var now = ticker.nanos();
            if (now - dueAt >= 0) {
                read(now);
                dueAt = now + (failing ? AGAIN : EVERY).toNanos();
            }
        }
    }

    private void read(long now) {
        try {
            var newest = source.revision();
            if (!reading.happened() || reading.revision() != newest) {
                replaceKnown();
            }
            reading = new Reading(true, now, newest);
            failing = false;
        } catch (IdentityStateUnavailable e) {
            if (!failing) {
                LOG.warn("revocations cannot be read", e);
            }
            failing = true;
        }
    }

    private void replaceKnown() {
        var named = new HashSet<RevocationKey>();
        for (var stored : source.all()) {
            var revocation = stored.toRevocation();
            named.add(revocation.key());
            learn(revocation);
        }
        known.keySet().retainAll(named);
    }

    private void learn(Revocation revocation) {
        known.merge(revocation.key(), revocation, FollowedRevocationList::wider);
    }

    private static Revocation wider(Revocation one, Revocation other) {
        return new Revocation(
                one.key(), later(one.notBefore(), other.notBefore()), later(one.keepUntil(), other.keepUntil()));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
