package io.triport.identity.sts;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AccessKeyId;
import io.triport.domain.access.RoleId;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.InvalidInput;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a session token says.
 *
 * @param role that was taken on; null for a session of a key's own holder
 * @param parent the long-lived key that asked for it; null when a token of an identity provider did
 * @param subject whom the provider spoke of, or the holder of the key
 * @param name as who asked chose it
 * @param within whether it opens no more than its parent opens at the time of use, which who made it could not ask
 */
record Session(
        AccessKeyId id,
        Secret secret,
        @Nullable RoleId role,
        @Nullable AccessKeyId parent,
        String subject,
        String name,
        Permissions permissions,
        Instant issuedAt,
        Instant expiresAt,
        String tokenId,
        boolean within) {
    /** @throws InvalidInput for one within a parent that is none, or beside a role, which says itself what is opened */
    Session {
        if (within && (parent == null || role != null)) {
            throw new InvalidInput("session", "a parent and no role, to be within it");
        }
    }

    /** The same as its parent's holder has it now. @throws StsRefusal when patterns of buckets cross in a way that no pattern expresses */
    Session under(AccessKey key) {
        return new Session(
                id,
                secret,
                null,
                key.id(),
                key.holder().text(),
                name,
                PermissionMeet.of(key.granted(), permissions),
                issuedAt,
                key.expiresAt().isBefore(expiresAt) ? key.expiresAt() : expiresAt,
                tokenId,
                within);
    }
}
