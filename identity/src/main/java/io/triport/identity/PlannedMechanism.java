package io.triport.identity;

import io.triport.domain.identity.IdentityMechanism;

/** A mechanism that an app has chosen and set, before it gets identity's own state, which no app ever sees. */
public interface PlannedMechanism {
    IdentityMechanism over(IdentityState state);
}
