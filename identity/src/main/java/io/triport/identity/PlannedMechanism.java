package io.triport.identity;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.NonceLedger;

/** A mechanism that an app has chosen and set, before it gets identity's own state, which no app ever sees. */
public interface PlannedMechanism {
    IdentityMechanism over(NonceLedger nonces);
}
