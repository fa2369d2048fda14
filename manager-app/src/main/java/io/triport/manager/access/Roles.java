package io.triport.manager.access;

import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Principal;
import java.util.Optional;

/**
 * Which role somebody has.
 *
 * @param people the role of a person of whom nothing else is said; empty for none
 */
public record Roles(PeopleRole people) {
    /** The role of people of whom nothing is said. */
    public sealed interface PeopleRole {
        record Of(ManagerRole role) implements PeopleRole {}

        /** Nobody comes in who is not named. */
        record Nothing() implements PeopleRole {}
    }

    /** Empty for somebody who may do nothing. */
    public Optional<ManagerRole> of(Principal principal) {
        var named = ManagerRole.among(principal.roles(), principal.scopes());
        if (named.isPresent() || !principal.mechanism().equals(Mechanisms.ACCESS)) {
            return named;
        }
        return switch (people) {
            case PeopleRole.Of(var role) -> Optional.of(role);
            case PeopleRole.Nothing nothing -> Optional.empty();
        };
    }

    /** What somebody's role opens. */
    public Permissions permissions(Principal principal) {
        return of(principal).map(ManagerRole::permissions).orElse(Permissions.NONE);
    }
}
