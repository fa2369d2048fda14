package io.triport.identity.jwt;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.Scope;
import io.triport.domain.request.InvalidInput;
import java.util.LinkedHashSet;
import java.util.Set;

/** The scopes of a token: claim {@code scope} (RFC 8693 section 4.2), or {@code scp} as a list or a text, as issuers have it. */
final class ScopeClaims {
    private ScopeClaims() {}

    /** @throws InvalidInput for a claim of another type, and for what cannot be a scope */
    static Set<Scope> read(Claims claims) {
        var scopes = new LinkedHashSet<Scope>();
        switch (claims.find("scope").orElse(new ClaimValue.Nothing())) {
            case ClaimValue.Nothing nothing -> {}
            case ClaimValue.Text(var text) -> split(text, scopes);
            default -> throw malformed();
        }
        switch (claims.find("scp").orElse(new ClaimValue.Nothing())) {
            case ClaimValue.Nothing nothing -> {}
            case ClaimValue.Text(var text) -> split(text, scopes);
            case ClaimValue.Listing(var items) -> items.forEach(item -> scopes.add(scope(item)));
            default -> throw malformed();
        }
        return scopes;
    }

    private static void split(String text, Set<Scope> scopes) {
        for (var part : text.split(" ", -1)) {
            if (!part.isEmpty()) {
                scopes.add(new Scope(part));
            }
        }
    }

    private static Scope scope(ClaimValue item) {
        if (item instanceof ClaimValue.Text(var text)) {
            return new Scope(text);
        }
        throw malformed();
    }

    private static InvalidInput malformed() {
        return new InvalidInput("scope", "a text or a list of texts");
    }
}
