package io.triport.identity.jwt;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.Role;
import io.triport.domain.request.InvalidInput;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which claim names roles.
 *
 * @param fallback what somebody is of whom the token says nothing; none by default
 */
public record RoleClaim(String name, List<Role> fallback) {
    public static final RoleClaim DEFAULT = new RoleClaim("role", List.of());

    public RoleClaim {
        fallback = List.copyOf(fallback);
    }

    /** @throws InvalidInput when the claim is neither a text nor a list of texts */
    Set<Role> read(Claims claims) {
        var roles = new LinkedHashSet<Role>();
        switch (claims.find(name).orElse(new ClaimValue.Nothing())) {
            case ClaimValue.Nothing nothing -> roles.addAll(fallback);
            case ClaimValue.Text(var text) -> roles.add(new Role(text));
            case ClaimValue.Listing(var items) -> items.forEach(item -> roles.add(new Role(text(item))));
            default -> throw malformed();
        }
        return roles;
    }

    private static String text(ClaimValue item) {
        if (item instanceof ClaimValue.Text(var text)) {
            return text;
        }
        throw malformed();
    }

    private static InvalidInput malformed() {
        return new InvalidInput("role", "a text, or a list of texts");
    }
}
