package io.triport.storage.postgresql;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.NonceClaim;
import io.triport.domain.identity.NonceLedger;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Sha256;
import java.time.Instant;

/** Rows of spent_mark, shared by all nodes. The insert alone decides: it waits for an equal one and then changes nothing. */
final class PostgreSqlNonceLedger implements NonceLedger {
    private static final String SPEND =
            "insert into spent_mark (mark, keep_until) values (?, ?) on conflict do nothing";
    private static final String FORGET = """
        with old as materialized (
          select mark from spent_mark where keep_until <= ? limit ? for update skip locked
        )
        delete from spent_mark m using old
        where m.mark = old.mark\
        """;
    private static final int AT_ONCE = 10_000;

    private final IdentityDatabase database;

    PostgreSqlNonceLedger(IdentityDatabase database) {
        this.database = database;
    }

    @Override
    public NonceClaim claim(CredentialId owner, Bytes digest, Instant claimed, Instant keepUntil) {
        var mark = Sha256.ofParts(Bytes.utf8(owner.text()), digest);
        var spent = database.write(connection -> new Call(connection, SPEND)
                .with(mark)
                // A moment within a millisecond is kept to its end.
                .with(keepUntil.plusNanos(999_999).toEpochMilli())
                .change());
        return spent == 1 ? new NonceClaim.Fresh() : new NonceClaim.Spent();
    }

    @Override
    public long forget(Instant now) {
        var forgotten = 0L;
        int step;
        do {
            step = database.write(connection -> new Call(connection, FORGET)
                    .with(now.toEpochMilli())
                    .with(AT_ONCE)
                    .change());
            forgotten += step;
        } while (step == AT_ONCE);
        return forgotten;
    }
}
