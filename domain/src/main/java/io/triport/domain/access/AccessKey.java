package io.triport.domain.access;

import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Secret;
import io.triport.domain.identity.Subject;
import java.time.Instant;
import java.util.Set;

/**
 * A long-lived key that requests are signed with.
 *
 * @param holder whom it belongs to
 * @param permissions what its scopes say; see {@link #granted}
 * @param mayAssume roles that its holder may take on
 * @param admin whether its holder may create and delete the buckets that its scopes are about
 * @param enabled a key that is not is treated as one that does not exist
 * @param expiresAt {@link Instant#MAX} for never
 */
public record AccessKey(
        AccessKeyId id,
        Secret secret,
        Subject holder,
        Permissions permissions,
        Set<RoleId> mayAssume,
        boolean admin,
        boolean enabled,
        Instant expiresAt) {
    public AccessKey {
        mayAssume = Set.copyOf(mayAssume);
    }

    /** What a request gets that is signed with it: its scopes, without making and removing buckets unless it is an administrator's. */
    public Permissions granted() {
        return admin ? permissions : Administration.removed(permissions);
    }
}
