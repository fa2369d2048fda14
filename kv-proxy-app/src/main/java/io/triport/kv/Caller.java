package io.triport.kv;

import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.Role;
import io.triport.identity.Allowance;
import io.triport.identity.federation.SubjectPattern;
import java.util.List;
import java.util.Set;

/**
 * Those who come with a token or an API key, and what they may do.
 *
 * @param by which mechanism knows them
 * @param subjects who is meant, any of these
 * @param roles or whoever has any of these
 */
record Caller(String name, MechanismName by, List<SubjectPattern> subjects, Set<Role> roles, Allowance allowance) {
    Caller {
        subjects = List.copyOf(subjects);
        roles = Set.copyOf(roles);
    }

    boolean means(Principal principal) {
        return principal.mechanism().equals(by)
                && (principal.roles().stream().anyMatch(roles::contains)
                        || subjects.stream()
                                .anyMatch(pattern ->
                                        pattern.matches(principal.subject().text())));
    }
}
