package io.triport.testkit;

import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.Revocation;
import io.triport.domain.identity.RevocationCheck;
import io.triport.domain.identity.RevocationKey;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Revocations in memory, whose source a test may cut off. Safe for many threads. */
public final class FakeRevocationList implements RevocationList {
    private final Map<RevocationKey, Revocation> entries = new ConcurrentHashMap<>();
    private final Ticker ticker;
    private volatile long readAt;
    private volatile boolean cut;

    public FakeRevocationList(Ticker ticker) {
        this.ticker = ticker;
        this.readAt = ticker.nanos();
    }

    /** From now on the source does not answer. */
    public void cut() {
        readAt = ticker.nanos();
        cut = true;
    }

    public void heal() {
        cut = false;
    }

    @Override
    public RevocationCheck check(Set<RevocationKey> keys, Instant issuedAt) {
        if (keys.stream()
                .anyMatch(key -> entries.containsKey(key) && entries.get(key).covers(issuedAt))) {
            return new RevocationCheck.Revoked();
        }
        var age = cut ? Duration.ofNanos(ticker.nanos() - readAt) : Duration.ZERO;
        return age.compareTo(BLIND) > 0 ? new RevocationCheck.Stale(age) : new RevocationCheck.Standing();
    }

    @Override
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    @Override
    public void revoke(Revocation revocation) {
        requireSource();
        entries.merge(revocation.key(), revocation, FakeRevocationList::wider);
    }

    @Override
    public long forget(Instant now) {
        requireSource();
        long before = entries.size();
        entries.values().removeIf(revocation -> !revocation.keepUntil().isAfter(now));
        return before - entries.size();
    }

    private void requireSource() {
        if (cut) {
            throw new IdentityStateUnavailable("the test cut the source off", new IllegalStateException("cut"));
        }
    }

    private static Revocation wider(Revocation one, Revocation other) {
        return new Revocation(
                one.key(), later(one.notBefore(), other.notBefore()), later(one.keepUntil(), other.keepUntil()));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
