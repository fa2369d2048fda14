package io.triport.identity;

import io.triport.domain.identity.CredentialStore;
import io.triport.domain.identity.NonceLedger;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.jwks.PublishedKeys;
import io.triport.identity.verified.VerifiedCache;
import java.time.Clock;

/**
 * Identity's own state, which no app ever sees, with the time and chance that go with it.
 *
 * @param keys what fetches published keys
 * @param verified what remembers verifications
 * @param shared what several mechanisms have together
 */
public record IdentityState(
        NonceLedger nonces,
        CredentialStore credentials,
        RevocationList revocations,
        Clock clock,
        Ticker ticker,
        Randomness randomness,
        PublishedKeys.Surroundings keys,
        VerifiedCache verified,
        SharedParts shared) {
    public IdentityState(
            NonceLedger nonces,
            CredentialStore credentials,
            RevocationList revocations,
            Clock clock,
            Ticker ticker,
            Randomness randomness,
            PublishedKeys.Surroundings keys,
            VerifiedCache verified) {
        this(nonces, credentials, revocations, clock, ticker, randomness, keys, verified, new SharedParts());
    }
}
