package io.triport.identity.jwt;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.identity.IdentityState;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.jose.FixedKeys;
import io.triport.identity.jose.JwsKey;
import io.triport.identity.jose.KeySource;

/** Tokens of one issuer as they were set. Two plans are equal when their settings are. */
public record JwtPlan(JwtSettings settings) implements PlannedMechanism {
    @Override
    public IdentityMechanism over(IdentityState state) {
        return new JwtMechanism(settings, keys(), state.revocations());
    }

    private KeySource keys() {
        return switch (settings.keys()) {
            case KeyPlace.Shared(var secret) ->
                FixedKeys.of(JwsKey.secret(secret, settings.rules().algorithms()));
        };
    }
}
