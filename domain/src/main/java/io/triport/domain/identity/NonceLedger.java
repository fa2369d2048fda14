package io.triport.domain.identity;

import io.triport.domain.request.Bytes;
import java.time.Instant;

/**
 * Remembers which single-use marks were spent. A claim is atomic: of any number of callers at once, on all nodes that share
 * the ledger, exactly one gets {@link NonceClaim.Fresh}. What it answered survives the death of the process (word
 * {@code process}). Safe for many threads.
 */
public interface NonceLedger {
    /**
     * Spends a mark.
     *
     * @param owner the credential whose secret verified, not the one that the request names
     * @param digest 16 bytes or more that identify the mark among the owner's
     * @param claimed the time that the request says it was made at; decides nothing unless the ledger has a gap
     * @param keepUntil until when the mark must be remembered
     * @throws io.triport.domain.identity.IdentityStateUnavailable when the store does not answer; the caller must refuse
     */
    NonceClaim claim(CredentialId owner, Bytes digest, Instant claimed, Instant keepUntil);

    /** Gives back the space of marks that need not be remembered any more. @return how many were forgotten */
    long forget(Instant now);
}
