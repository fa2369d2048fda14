package io.triport.domain.access;

import java.util.Optional;

/** The roles of a deployment. Safe for many threads. */
@FunctionalInterface
public interface Roles {
    /**
     * The role of an id. May be as stale as the provider's cache is allowed to be.
     *
     * @throws io.triport.domain.identity.IdentityStateUnavailable when it is not known and the provider does not answer
     */
    Optional<AssumableRole> find(RoleId id);
}
