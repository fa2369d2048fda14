package io.triport.domain.access;

import java.util.Optional;

/** The long-lived keys of a deployment. Safe for many threads. */
@FunctionalInterface
public interface AccessKeys {
    /**
     * The key of an id, also when it is disabled or expired. May be as stale as the provider's cache is allowed to be.
     *
     * @throws io.triport.domain.identity.IdentityStateUnavailable when it is not known and the provider does not answer
     */
    Optional<AccessKey> find(AccessKeyId id);
}
