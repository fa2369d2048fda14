package io.triport.identity.session;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.identity.IdentityState;
import io.triport.identity.PlannedMechanism;

/** Sessions as they were set. Two plans are equal when their settings are. */
public record SessionPlan(SessionSettings settings) implements PlannedMechanism {
    @Override
    public IdentityMechanism over(IdentityState state) {
        return new SessionMechanism(new SessionCookies(settings, state.randomness()), state.revocations());
    }
}
