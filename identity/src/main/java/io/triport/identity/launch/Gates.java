package io.triport.identity.launch;

import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.IdentityLog;
import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.MechanismName;
import io.triport.identity.IdentityState;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.everybody.PublicMechanism;
import io.triport.identity.jwks.JwksNumbers;
import io.triport.identity.jwks.KeyedMechanism;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes gates for an app whose mechanisms change while it runs. Safe for many threads: its own lock guards all. */
public final class Gates {
    private final IdentityState state;
    private final IdentityLog log;
    private Map<PlannedMechanism, IdentityMechanism> live = Map.of();
    private @Nullable AccessGate last;

    Gates(IdentityState state, IdentityLog log) {
        this.state = state;
        this.log = log;
    }

    /** A gate of these mechanisms and the public one. One whose plan is equal to one of the last gate's keeps its state. */
    public synchronized AccessGate over(Set<PlannedMechanism> planned) {
        var next = new HashMap<PlannedMechanism, IdentityMechanism>();
        for (var plan : planned) {
            var kept = live.get(plan);
            next.put(plan, kept == null ? plan.over(state) : kept);
        }
        live = Map.copyOf(next);
        var mechanisms = new HashSet<>(next.values());
        mechanisms.add(new PublicMechanism());
        var gate = new AccessGate(mechanisms, Set.of(), state.clock(), log);
        last = gate;
        return gate;
    }

    /** The gate that was made last; empty where none was. */
    synchronized Optional<AccessGate> last() {
        return Optional.ofNullable(last);
    }

    /** What the key sets are that mechanisms of the last gate fetch. */
    public synchronized Map<MechanismName, JwksNumbers> keySets() {
        var numbers = new HashMap<MechanismName, JwksNumbers>();
        for (var mechanism : live.values()) {
            if (mechanism.fresh() instanceof KeyedMechanism keyed) {
                keyed.keySet().ifPresent(found -> numbers.put(mechanism.name(), found));
            }
        }
        return Map.copyOf(numbers);
    }

    /** Those mechanisms of the last gate that are also of another kind, such as {@code OwnPages}. */
    public synchronized <T> Map<MechanismName, T> live(Class<T> kind) {
        var found = new HashMap<MechanismName, T>();
        for (var mechanism : live.values()) {
            if (kind.isInstance(mechanism)) {
                found.put(mechanism.name(), kind.cast(mechanism));
            }
        }
        return Map.copyOf(found);
    }

    /** The mechanisms of the last gate that have nothing to verify with at the moment. */
    public synchronized Set<MechanismName> unready() {
        return live.values().stream()
                .filter(mechanism -> !mechanism.ready())
                .map(IdentityMechanism::name)
                .collect(Collectors.toUnmodifiableSet());
    }
}
