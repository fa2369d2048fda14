package io.triport.gateway.config;

import io.triport.domain.identity.MechanismName;
import io.triport.identity.PlannedMechanism;
import java.util.Optional;
import java.util.Set;

/**
 * A mechanism under the name that routes use.
 *
 * @param mechanism its name to the gate
 * @param trace what it leaves in a request that no upstream must see
 */
public record MechanismSettings(String name, String type, MechanismName mechanism, Plan plan, Trace trace) {
    /** How a mechanism is made, when there is something to make: every gate has the public one. */
    public sealed interface Plan {
        record Everybody() implements Plan {}

        record Made(PlannedMechanism planned) implements Plan {}
    }

    /**
     * What a request shows of it.
     *
     * @param fields that it takes, in lower case
     * @param cookies that it takes
     * @param parameters of the query that it takes
     * @param paths that it answers itself
     * @param challenge for {@code WWW-Authenticate}, empty for none
     * @param once whether it admits the same request but once
     */
    public record Trace(
            Set<String> fields,
            Set<String> cookies,
            Set<String> parameters,
            Set<String> paths,
            String challenge,
            boolean once) {
        static final Trace NONE = new Trace(Set.of(), Set.of(), Set.of(), Set.of(), "", false);

        public Trace {
            fields = Set.copyOf(fields);
            cookies = Set.copyOf(cookies);
            parameters = Set.copyOf(parameters);
            paths = Set.copyOf(paths);
        }

        static Trace ofFields(String challenge, String... fields) {
            return new Trace(Set.of(fields), Set.of(), Set.of(), Set.of(), challenge, false);
        }

        Trace andCookies(Set<String> added) {
            return new Trace(fields, added, parameters, paths, challenge, once);
        }

        Trace andParameters(Set<String> added) {
            return new Trace(fields, cookies, added, paths, challenge, once);
        }

        Trace andPaths(Set<String> added) {
            return new Trace(fields, cookies, parameters, added, challenge, once);
        }

        Trace butOnce() {
            return new Trace(fields, cookies, parameters, paths, challenge, true);
        }
    }

    public boolean everybody() {
        return plan instanceof Plan.Everybody;
    }

    public Optional<PlannedMechanism> planned() {
        return plan instanceof Plan.Made made ? Optional.of(made.planned()) : Optional.empty();
    }
}
