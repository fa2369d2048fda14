package io.triport.identity;

import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.Scope;
import io.triport.domain.request.Cidr;
import io.triport.domain.request.RateLimit;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What an app lets somebody do whom a mechanism knows.
 *
 * @param scopes the routes that are open to him
 * @param permissions the data that he reaches there
 * @param cidrs where he may come from, none for anywhere
 * @param until the end of it, {@link Instant#MAX} for never
 * @param limits at most one per limit scope
 */
public record Allowance(
        Set<Scope> scopes, Permissions permissions, List<Cidr> cidrs, Instant until, List<RateLimit> limits) {
    /** To somebody for whom the app has nothing. */
    public static final Allowance NOTHING =
            new Allowance(Set.of(), Permissions.NONE, List.of(), Instant.MAX, List.of());

    public Allowance {
        scopes = Set.copyOf(scopes);
        cidrs = List.copyOf(cidrs);
        limits = List.copyOf(limits);
    }

    /** Data, beside the routes that his credential opens itself. */
    public static Allowance ofData(Principal principal, Permissions permissions) {
        return new Allowance(principal.scopes(), permissions, List.of(), Instant.MAX, List.of());
    }

    boolean usableFrom(InetAddress address) {
        return cidrs.isEmpty() || cidrs.stream().anyMatch(cidr -> cidr.contains(address));
    }
}
