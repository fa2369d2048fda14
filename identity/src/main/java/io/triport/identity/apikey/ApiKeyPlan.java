package io.triport.identity.apikey;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.identity.IdentityState;
import io.triport.identity.PlannedMechanism;

/** API keys as they were set. Two plans are equal when their settings are. */
public record ApiKeyPlan(ApiKeySettings settings) implements PlannedMechanism {
    /** A mechanism with its keys in memory, which are read now and followed as long as somebody has the mechanism. */
    @Override
    public IdentityMechanism over(IdentityState state) {
        return new ApiKeyMechanism(settings, ApiKeyTable.shared(settings, state), state.revocations());
    }
}
