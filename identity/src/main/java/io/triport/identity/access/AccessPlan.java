package io.triport.identity.access;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.identity.IdentityState;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.jwks.PublishedKeys;

/** Assertions of one team as they were set. Two plans are equal when their settings are. */
public record AccessPlan(AccessSettings settings) implements PlannedMechanism {
    @Override
    public IdentityMechanism over(IdentityState state) {
        var keys = new PublishedKeys(settings.keys(), state.keys());
        var mechanism = new AccessMechanism(settings, keys, state.revocations());
        return state.verified()
                .over(mechanism, settings.cache(), settings.rules().lifetime().skew());
    }
}
