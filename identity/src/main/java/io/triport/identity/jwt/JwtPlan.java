package io.triport.identity.jwt;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.identity.IdentityState;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.jose.FixedKeys;
import io.triport.identity.jose.JwsKey;

/** Tokens of one issuer as they were set. Two plans are equal when their settings are. */
public record JwtPlan(JwtSettings settings) implements PlannedMechanism {
    @Override
    public IdentityMechanism over(IdentityState state) {
        var keys = switch (settings.keys()) {
            case KeyPlace.Shared shared ->
                FixedKeys.of(JwsKey.secret(shared.secret(), settings.rules().algorithms()));
        };
        return new JwtMechanism(settings, keys, state.revocations());
    }
}
