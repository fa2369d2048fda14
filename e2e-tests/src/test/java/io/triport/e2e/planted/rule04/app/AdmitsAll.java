package io.triport.e2e.planted.rule04.app;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Reason;
import io.triport.domain.request.Fetch;
import java.time.Instant;

/** Planted: a mechanism in an app. */
final class AdmitsAll implements IdentityMechanism {
    @Override
    public MechanismName name() {
        return new MechanismName("all");
    }

    @Override
    public boolean present(Fetch request) {
        return true;
    }

    @Override
    public IdentityOutcome verify(Fetch request, Instant now) {
        return new IdentityOutcome.Rejected(Reason.NO_CREDENTIALS);
    }
}
