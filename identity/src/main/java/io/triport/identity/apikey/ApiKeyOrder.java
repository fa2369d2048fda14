package io.triport.identity.apikey;

import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Cidr;
import io.triport.domain.request.InvalidInput;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a new key shall be. There is no place in it for a secret: those that people choose are never taken.
 *
 * @param environment 1 to 16 lower-case letters and digits that stand in the key, such as {@code live}
 * @param owner on whose behalf the key acts
 * @param scopes the routes it opens, at most 100; none opens none that asks for any
 * @param cidrs where it may be used from, none for anywhere, at most 100
 * @param expiresAt {@link Instant#MAX} for never
 */
public record ApiKeyOrder(String environment, Subject owner, Set<Scope> scopes, List<Cidr> cidrs, Instant expiresAt) {
    /** @throws InvalidInput outside the bounds */
    public ApiKeyOrder {
        scopes = Set.copyOf(scopes);
        cidrs = List.copyOf(cidrs);
        if (!environment.matches(ApiKey.ENVIRONMENT)) {
            throw new InvalidInput("environment", "1..16 characters of a-z 0-9");
        }
        if (scopes.size() > ApiKeyRecord.MOST || cidrs.size() > ApiKeyRecord.MOST) {
            throw new InvalidInput("API key", "at most 100 scopes and 100 blocks of addresses");
        }
    }
}
