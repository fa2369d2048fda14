package io.triport.gateway.config;

import io.triport.domain.identity.MechanismName;
import io.triport.identity.PlannedMechanism;
import java.util.Optional;

/**
 * A mechanism under the name that routes use.
 *
 */
public record MechanismSettings(String name, String type, MechanismName mechanism, Plan plan) {
    /** How a mechanism is made, when there is something to make. */
    public sealed interface Plan {
        record Everybody() implements Plan {}

        record Made(PlannedMechanism planned) implements Plan {}
    }

    public boolean everybody() {
        return plan instanceof Plan.Everybody;
    }

    public Optional<PlannedMechanism> planned() {
        return plan instanceof Plan.Made made ? Optional.of(made.planned()) : Optional.empty();
    }
}
