package io.triport.domain.identity;

import java.time.Instant;
import java.util.Set;

/**
 * Who is behind an event. Data, and opens nothing: only a {@link Grant} does.
 *
 * @param authenticatedAt when the credential was made or shown first
 * @param verifiedAt when it was last checked
 * @param validUntil when it ends at the latest
 */
public record Principal(
        PrincipalId id,
        Kind kind,
        Set<Scope> scopes,
        CredentialId credential,
        Instant authenticatedAt,
        Instant verifiedAt,
        Instant validUntil) {
    public Principal {
        scopes = Set.copyOf(scopes);
    }

    /** What sort of principal it is. */
    public enum Kind {
        HUMAN,
        SERVICE,
        ANONYMOUS
    }

    @Override
    public String toString() {
        return "Principal[" + kind + ", " + id + "]";
    }
}
