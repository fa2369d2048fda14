package io.triport.identity.signed;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.MechanismName;
import io.triport.identity.IdentityState;
import io.triport.identity.PlannedMechanism;

/** Signed requests as they were set. Two plans are equal when name and settings are. */
public record SignedRequestPlan(MechanismName name, SignedSettings settings) implements PlannedMechanism {
    @Override
    public IdentityMechanism over(IdentityState state) {
        return new SignedRequestMechanism(name, settings, state.nonces(), state.revocations());
    }
}
