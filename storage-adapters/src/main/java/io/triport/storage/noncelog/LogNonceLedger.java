package io.triport.storage.noncelog;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.NonceClaim;
import io.triport.domain.identity.NonceLedger;
import io.triport.domain.request.Bytes;
import java.io.IOException;
import java.time.Instant;

/** Marks that are spent in memory, which decides, and then written, so that the answer survives the process. */
final class LogNonceLedger implements NonceLedger {
    private final Clocks clocks;
    private final Gap gap;
    private final SpentMarks marks;
    private final MarkLog log;

    LogNonceLedger(Clocks clocks, Gap gap, SpentMarks marks, MarkLog log) {
        this.clocks = clocks;
        this.gap = gap;
        this.marks = marks;
        this.log = log;
    }

    @Override
    public NonceClaim claim(CredentialId owner, Bytes digest, Instant claimed, Instant keepUntil) {
        var now = clocks.now();
        if (gap.holds(claimed, now)) {
            return new NonceClaim.Undecidable(gap.retryAfter(now));
        }
        var mark = Mark.of(owner, digest);
        var keep = now.keepUntil(keepUntil);
        if (!marks.spend(mark, keep, now)) {
            return new NonceClaim.Spent();
        }
        try {
            log.append(new LogRecord(mark, keep.wallSeconds()), keep, now);
        } catch (IOException e) {
            // The mark stays spent in memory: nothing was executed for it, and must not be for a copy of the request.
            throw new IdentityStateUnavailable("nonces: log takes no record", e);
        }
        return new NonceClaim.Fresh();
    }

    @Override
    public long forget(Instant now) {
        var moment = new Moment(now, clocks.now().tick());
        try {
            log.forget(moment);
        } catch (IOException e) {
            throw new IdentityStateUnavailable("nonces: old segment cannot be deleted", e);
        }
        return marks.forget(moment);
    }
}
