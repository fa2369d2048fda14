package io.triport.domain.identity;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Who is behind an event. Data, and opens nothing: only a {@link Grant} does. Its text form shows kind, mechanism and subject
 * alone.
 *
 * @param roles in the order in which the issuer names them
 * @param credential which credential was shown, without telling it
 * @param authenticatedAt when the credential was issued or shown first; {@link Instant#EPOCH} when it does not say, so that a
 *     revocation of all that was issued before some time covers it
 * @param verifiedAt when it was last checked
 * @param validUntil when it ends at the latest; a grant ends earlier, after a day
 */
public record Principal(
        PrincipalId id,
        Kind kind,
        Set<Role> roles,
        Set<Scope> scopes,
        Claims claims,
        CredentialId credential,
        Instant authenticatedAt,
        Instant verifiedAt,
        Instant validUntil,
        AuthStrength strength) {
    public Principal {
        roles = Collections.unmodifiableSet(new LinkedHashSet<>(roles));
        scopes = Collections.unmodifiableSet(new LinkedHashSet<>(scopes));
    }

    /** What sort of principal it is. */
    public enum Kind {
        HUMAN,
        SERVICE,
        ANONYMOUS
    }

    /** One of whom no more is said than a name: verified now, without roles, scopes and claims. */
    public static Principal named(
            PrincipalId id,
            Kind kind,
            CredentialId credential,
            AuthStrength strength,
            Instant now,
            Instant validUntil) {
        return new Principal(id, kind, Set.of(), Set.of(), Claims.NONE, credential, now, now, validUntil, strength);
    }

    public Principal withScopes(Set<Scope> held) {
        return new Principal(
                id, kind, roles, held, claims, credential, authenticatedAt, verifiedAt, validUntil, strength);
    }

    /** The same, ending then at the latest. */
    public Principal until(Instant end) {
        return end.isBefore(validUntil)
                ? new Principal(id, kind, roles, scopes, claims, credential, authenticatedAt, verifiedAt, end, strength)
                : this;
    }

    public MechanismName mechanism() {
        return id.mechanism();
    }

    public Issuer issuer() {
        return id.issuer();
    }

    public Subject subject() {
        return id.subject();
    }

    @Override
    public String toString() {
        return "Principal[" + kind + ", " + id + "]";
    }
}
