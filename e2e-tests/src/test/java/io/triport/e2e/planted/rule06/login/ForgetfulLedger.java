package io.triport.e2e.planted.rule06.login;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.NonceClaim;
import io.triport.domain.identity.NonceLedger;
import io.triport.domain.request.Bytes;
import java.time.Instant;

/** Planted: identity that keeps its marks itself. */
final class ForgetfulLedger implements NonceLedger {
    @Override
    public NonceClaim claim(CredentialId owner, Bytes digest, Instant claimed, Instant keepUntil) {
        return new NonceClaim.Fresh();
    }

    @Override
    public long forget(Instant now) {
        return 0;
    }
}
