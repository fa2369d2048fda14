package io.triport.identity.jwt;

import io.triport.domain.identity.ClaimValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The types of the claims that count somewhere here (RFC 7519 section 4.1, OpenID Connect Core section 5.1, RFC 8693 section 4.2). One
 * of another type makes the token no token: what is left out because it cannot be read might have been a restriction.
 */
final class KnownClaims {
    private static final List<String> TEXTS =
            List.of("iss", "sub", "jti", "sid", "email", "azp", "client_id", "common_name", "nonce", "at_hash");

    private KnownClaims() {}

    /** Whether those that are there, and not null, are of their types. Scopes, roles and dates are read elsewhere. */
    static boolean wellTyped(Map<String, ClaimValue> claims) {
        return TEXTS.stream().map(claims::get).allMatch(claim -> absent(claim) || claim instanceof ClaimValue.Text)
                && (absent(claims.get("cnf")) || claims.get("cnf") instanceof ClaimValue.Members)
                && audience(claims.get("aud"))
                && truth(claims.get("email_verified"));
    }

    private static boolean absent(@Nullable ClaimValue claim) {
        return claim == null || claim instanceof ClaimValue.Nothing;
    }

    private static boolean audience(@Nullable ClaimValue aud) {
        return absent(aud)
                || aud instanceof ClaimValue.Text
                || (aud instanceof ClaimValue.Listing(var items)
                        && items.stream().allMatch(ClaimValue.Text.class::isInstance));
    }

    /** Some issuers write it as a text. */
    private static boolean truth(@Nullable ClaimValue claim) {
        return absent(claim)
                || claim instanceof ClaimValue.Flag
                || (claim instanceof ClaimValue.Text(var text) && (text.equals("true") || text.equals("false")));
    }
}
