package io.triport.identity.jwt;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.request.Fetch;
import io.triport.identity.apikey.ApiKeyMechanism;
import io.triport.identity.verified.RepeatableMechanism;

/** A mechanism of signed tokens. Of several that take the same one, that judges it whose issuer it names. */
public interface AddressedMechanism extends RepeatableMechanism {
    /**
     * How much a token says itself that it is for this mechanism: 2 when it names an issuer of it, 1 when any issuer will do, else
     * 0. Believed only to choose who judges it.
     */
    int claim(String token);

    /** What {@link #yields} answers for every such mechanism: to the better addressed one, and what is no token to API keys. */
    default boolean yieldsToken(Fetch request, IdentityMechanism other) {
        var mine = credential(request);
        if (mine.isEmpty()) {
            return false;
        }
        return switch (other.fresh()) {
            case AddressedMechanism that -> yieldsToBetter(request, that);
            case ApiKeyMechanism keys -> !TokenPlace.Bearer.tokenLike(mine.get());
            default -> false;
        };
    }

    /** Whether another such mechanism takes the same token and is addressed better. */
    default boolean yieldsToBetter(Fetch request, AddressedMechanism other) {
        var mine = credential(request);
        return mine.isPresent()
                && mine.equals(other.credential(request))
                && claim(mine.get()) < other.claim(mine.get());
    }
}
