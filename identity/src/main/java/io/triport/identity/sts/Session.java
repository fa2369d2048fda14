package io.triport.identity.sts;

import io.triport.domain.access.AccessKeyId;
import io.triport.domain.access.RoleId;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a session token says.
 *
 * @param role that was taken on; null for a session of a key's own holder
 * @param parent the long-lived key that asked for it; null when a token of an identity provider did
 * @param subject whom the provider spoke of, or the holder of the key
 * @param name as who asked chose it
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
        String tokenId) {}
