package io.triport.identity.apikey;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.identity.IdentityState;
import io.triport.identity.PlannedMechanism;

/** API keys as they were set. Two plans are equal when their settings are. */
public record ApiKeyPlan(ApiKeySettings settings) implements PlannedMechanism {
    /** A mechanism with keys of its own in memory, which are read now and followed as long as somebody has the mechanism. */
    @Override
    public IdentityMechanism over(IdentityState state) {
        var table = ApiKeyFollower.follow(new ApiKeyTable(
                settings.store(), settings.peppers(), state.credentials(), state.ticker(), state.randomness()));
        return new ApiKeyMechanism(settings, table, state.revocations());
    }
}
