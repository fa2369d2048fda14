package io.triport.identity.jwt;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.identity.IdentityState;
import io.triport.identity.PlannedMechanism;

/** Tokens of one issuer as they were set. Two plans are equal when their settings are. */
public record JwtPlan(JwtSettings settings) implements PlannedMechanism {
    @Override
    public IdentityMechanism over(IdentityState state) {
        var keys = settings.keys().open(settings.rules().algorithms(), state.keys());
        var mechanism = new JwtMechanism(settings, keys, state.revocations());
        return state.verified()
                .over(mechanism, settings.cache(), settings.rules().lifetime().skew());
    }
}
