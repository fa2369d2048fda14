package io.triport.identity;

import io.triport.domain.identity.CredentialStore;
import io.triport.domain.identity.NonceLedger;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import java.time.Clock;

/** Identity's own state, which no app ever sees, with the time and chance that go with it. */
public record IdentityState(
        NonceLedger nonces,
        CredentialStore credentials,
        RevocationList revocations,
        Clock clock,
        Ticker ticker,
        Randomness randomness) {}
