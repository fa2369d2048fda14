package io.triport.identity.jwt;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.identity.IdentityState;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.jose.SignatureEngine;
import io.triport.identity.jwks.HttpJwksClient;
import io.triport.identity.jwks.PublishedKeys;
import java.util.concurrent.Executors;

/** Tokens of one issuer as they were set. Two plans are equal when their settings are. */
public record JwtPlan(JwtSettings settings) implements PlannedMechanism {
    @Override
    public IdentityMechanism over(IdentityState state) {
        var surroundings = new PublishedKeys.Surroundings(
                new HttpJwksClient(),
                SignatureEngine.present(),
                Executors.newVirtualThreadPerTaskExecutor(),
                state.ticker(),
                state.randomness());
        var keys = settings.keys().open(settings.rules().algorithms(), surroundings);
        return new JwtMechanism(settings, keys, state.revocations());
    }
}
