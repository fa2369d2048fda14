package io.triport.identity.mtls;

import io.triport.domain.identity.Role;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Subject;
import java.util.Set;

/** A client that the configuration knows by a name of its certificate. */
public record KnownClient(Subject subject, CertificateName name, Set<Role> roles, Set<Scope> scopes) {
    public KnownClient {
        roles = Set.copyOf(roles);
        scopes = Set.copyOf(scopes);
    }
}
