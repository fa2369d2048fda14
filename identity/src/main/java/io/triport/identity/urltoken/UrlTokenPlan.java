package io.triport.identity.urltoken;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.identity.IdentityState;
import io.triport.identity.PlannedMechanism;

/** Links of one purpose as they were set. Two plans are equal when their settings are. */
public record UrlTokenPlan(UrlTokenSettings settings) implements PlannedMechanism {
    @Override
    public IdentityMechanism over(IdentityState state) {
        return new UrlTokenMechanism(new UrlTokens(settings), state.nonces());
    }
}
