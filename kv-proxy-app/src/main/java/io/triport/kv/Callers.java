package io.triport.kv;

import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Principal;
import io.triport.identity.Allowance;
import java.util.List;
import java.util.Set;

/**
 * What those may do who come with tokens and API keys.
 *
 * @param listed the first that means somebody counts
 * @param keyed mechanisms whose credentials always say their scopes
 */
record Callers(List<Caller> listed, Set<MechanismName> keyed) {
    Callers {
        listed = List.copyOf(listed);
        keyed = Set.copyOf(keyed);
    }

    /**
     * A credential that names scopes of ours opens no others. Many tokens name none, since their issuer knows nothing of us; an API
     * key without any was made to open nothing.
     */
    Allowance of(Principal principal) {
        var said = AllowanceReader.known(principal.scopes());
        return listed.stream()
                .filter(caller -> caller.means(principal))
                .findFirst()
                .map(Caller::allowance)
                .map(allowance -> said.isEmpty() && !keyed.contains(principal.mechanism())
                        ? allowance
                        : AllowanceReader.narrowed(allowance, said))
                .orElse(Allowance.NOTHING);
    }
}
