package io.triport.identity.everybody;

import io.triport.domain.identity.AuthStrength;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.PrincipalId;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Fetch;
import java.time.Duration;
import java.time.Instant;

/** Admits everybody as nobody in particular. What nobody may do is written on the route. */
public final class PublicMechanism implements IdentityMechanism {
    /** Longer than any request lasts. */
    private static final Duration LIFE = Duration.ofHours(24);

    @Override
    public MechanismName name() {
        return MechanismName.PUBLIC;
    }

    /** Shows no claim: it is what remains when no other mechanism is claimed. */
    @Override
    public boolean present(Fetch request) {
        return false;
    }

    @Override
    public boolean quick(Fetch request) {
        return true;
    }

    @Override
    public IdentityOutcome verify(Fetch request, Instant now) {
        var id = new PrincipalId(MechanismName.PUBLIC, new Issuer("nobody"), new Subject("anonymous"));
        return new IdentityOutcome.Anonymous(Principal.named(
                id, Principal.Kind.ANONYMOUS, new CredentialId("none"), AuthStrength.NONE, now, now.plus(LIFE)));
    }
}
