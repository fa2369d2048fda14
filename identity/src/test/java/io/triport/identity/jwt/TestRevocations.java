package io.triport.identity.jwt;

import io.triport.domain.identity.Revocation;
import io.triport.domain.identity.RevocationCheck;
import io.triport.domain.identity.RevocationKey;
import io.triport.domain.identity.RevocationList;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Revocations in memory, whose source a test may cut off. */
public final class TestRevocations implements RevocationList {
    private final List<Revocation> entries = new CopyOnWriteArrayList<>();
    private final AtomicBoolean cut = new AtomicBoolean();

    public void cut() {
        cut.set(true);
    }

    /** All that was taken back, in order. */
    public List<Revocation> entries() {
        return List.copyOf(entries);
    }

    @Override
    public RevocationCheck check(Set<RevocationKey> keys, Instant issuedAt) {
        if (entries.stream().anyMatch(entry -> keys.contains(entry.key()) && entry.covers(issuedAt))) {
            return new RevocationCheck.Revoked();
        }
        return cut.get() ? new RevocationCheck.Stale(Duration.ofSeconds(61)) : new RevocationCheck.Standing();
    }

    @Override
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    @Override
    public void revoke(Revocation revocation) {
        entries.add(revocation);
    }

    @Override
    public long forget(Instant now) {
        return 0;
    }
}
