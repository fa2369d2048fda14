package io.triport.identity.apikey;

import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Cidr;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A key for people: everything but its secret.
 *
 * @param expiresAt {@link Instant#MAX} for never
 * @param lastUsedAt {@link Instant#MIN} for never; a minute late at most
 * @param rotateUntil until when the secret before the present one is good too, {@link Instant#MIN} when there is none
 * @param disabledAt {@link Instant#MAX} while it is not
 */
public record ApiKeySummary(
        ApiKeyId id,
        Subject owner,
        Set<Scope> scopes,
        List<Cidr> cidrs,
        Instant createdAt,
        Instant expiresAt,
        Instant lastUsedAt,
        Instant rotateUntil,
        Instant disabledAt) {
    static ApiKeySummary of(ApiKeyRecord key, Optional<Instant> lastUse) {
        return new ApiKeySummary(
                key.id(),
                key.owner(),
                key.scopes(),
                key.cidrs(),
                key.createdAt(),
                key.expiresAt(),
                lastUse.orElse(Instant.MIN),
                key.hashes().size() > 1 ? key.hashes().getLast().validUntil() : Instant.MIN,
                key.disabledAt());
    }
}
