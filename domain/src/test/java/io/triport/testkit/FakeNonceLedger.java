package io.triport.testkit;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.NonceClaim;
import io.triport.domain.identity.NonceLedger;
import io.triport.domain.request.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Spent marks in memory, with the gap of a crash where a test asks for one. */
public final class FakeNonceLedger implements NonceLedger {
    private final Map<Mark, Instant> spent = new ConcurrentHashMap<>();
    private final Instant undecidableUntil;

    private record Mark(CredentialId owner, Bytes digest) {}

    private FakeNonceLedger(Instant undecidableUntil) {
        this.undecidableUntil = undecidableUntil;
    }

    public static FakeNonceLedger empty() {
        return new FakeNonceLedger(Instant.MIN);
    }

    /** A ledger that lost all marks that were dated up to the moment. */
    public static FakeNonceLedger afterCrash(Instant undecidableUntil) {
        return new FakeNonceLedger(undecidableUntil);
    }

    @Override
    public NonceClaim claim(CredentialId owner, Bytes digest, Instant claimed, Instant keepUntil) {
        if (!claimed.isAfter(undecidableUntil)) {
            return new NonceClaim.Undecidable(
                    Duration.between(claimed, undecidableUntil).plusSeconds(1));
        }
        return spent.putIfAbsent(new Mark(owner, digest), keepUntil) == null
                ? new NonceClaim.Fresh()
                : new NonceClaim.Spent();
    }

    @Override
    public long forget(Instant now) {
        return spent.entrySet().stream()
                .filter(mark -> now.isAfter(mark.getValue()) && spent.remove(mark.getKey(), mark.getValue()))
                .count();
    }
}
