package io.triport.manager.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the configuration says of roles.
 *
 * @param people the role of a person of whom nothing else is said, as long as there is no grant
 * @param groups roles of groups, for everything
 */
public record Roles(Roles.PeopleRole people, Map<String, ManagerRole> groups) {
    /** The role of people of whom nothing is said. */
    public sealed interface PeopleRole {
        record Of(ManagerRole role) implements PeopleRole {}

        /** Nobody comes in who is not named. */
        record Nothing() implements PeopleRole {}
    }

    public Roles {
        groups = Map.copyOf(groups);
    }

    /** Whether people who are not named have nothing. */
    static boolean enforced(List<RoleGrant> grants) {
        return grants.stream().anyMatch(grant -> grant.subject().type() != GrantSubject.Type.API_KEY);
    }

    /** What somebody may do. @param grants all that there are */
    List<Right> of(Standing standing, List<RoleGrant> grants) {
        var rights = new ArrayList<Right>();
        grants.stream()
                .filter(grant -> grant.subject().names(standing))
                .map(RoleGrant::right)
                .forEach(rights::add);
        if (standing.own() != null && (rights.isEmpty() || standing.key().isEmpty())) {
            rights.add(Right.everywhere(standing.own()));
        }
        if (standing.person()) {
            standing.groups().stream()
                    .filter(groups::containsKey)
                    .map(groups::get)
                    .map(Right::everywhere)
                    .forEach(rights::add);
        }
        var open = rights.isEmpty() && standing.person() && !enforced(grants);
        if (open && people instanceof PeopleRole.Of(var role)) {
            rights.add(Right.everywhere(role));
        }
        return List.copyOf(rights);
    }
}
