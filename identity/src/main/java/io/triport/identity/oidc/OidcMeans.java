package io.triport.identity.oidc;

import io.triport.domain.identity.NonceLedger;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.session.SessionCookies;
import java.util.concurrent.Executor;

/**
 * What a login works with.
 *
 * @param sessions where a login ends
 * @param executor runs refreshes, which wait for the network
 */
public record OidcMeans(
        SessionCookies sessions,
        RevocationList revocations,
        NonceLedger nonces,
        Ticker ticker,
        Randomness randomness,
        Executor executor) {}
