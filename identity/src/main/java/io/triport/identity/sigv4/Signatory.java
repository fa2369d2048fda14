package io.triport.identity.sigv4;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AccessKeyId;
import io.triport.domain.identity.AuthStrength;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.PrincipalId;
import io.triport.domain.identity.Role;
import io.triport.domain.identity.Secret;
import io.triport.domain.identity.Subject;
import java.time.Instant;
import java.util.Set;

/**
 * Whose signature it is, if it is right: the holder of a long-lived key, or of a session.
 *
 * @param issuer {@link #ACCESS_KEYS} for a long-lived key
 * @param issuedAt {@link Instant#EPOCH} when it is not known
 * @param expiresAt {@link Instant#MAX} for never
 */
public record Signatory(
        AccessKeyId id,
        Secret secret,
        Issuer issuer,
        Subject subject,
        Set<Role> roles,
        Claims claims,
        Permissions permissions,
        Instant issuedAt,
        Instant expiresAt) {
    /** Who vouches for long-lived keys: the deployment's own configuration. */
    public static final Issuer ACCESS_KEYS = new Issuer("access-keys");

    public Signatory {
        roles = Set.copyOf(roles);
    }

    static Signatory of(AccessKey key) {
        return new Signatory(
                key.id(),
                key.secret(),
                ACCESS_KEYS,
                key.holder(),
                Set.of(),
                Claims.NONE,
                key.granted(),
                Instant.EPOCH,
                key.expiresAt());
    }

    Principal principal(MechanismName mechanism, Instant now) {
        return new Principal(
                new PrincipalId(mechanism, issuer, subject),
                Principal.Kind.SERVICE,
                roles,
                Set.of(),
                claims,
                new CredentialId(id.text()),
                issuedAt,
                now,
                expiresAt,
                AuthStrength.POSSESSION);
    }
}
