package io.triport.identity;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Principal;
import io.triport.domain.request.Fetch;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * A mechanism that knows who somebody is, in an app that knows what he may do.
 *
 * @param permissions what data somebody may reach, in the place of what the mechanism says of it
 */
public record PermittingPlan(PlannedMechanism plan, Function<Principal, Permissions> permissions)
        implements PlannedMechanism {
    @Override
    public IdentityMechanism over(IdentityState state) {
        return new Permitting(plan.over(state), permissions);
    }

    private record Permitting(IdentityMechanism mechanism, Function<Principal, Permissions> permissions)
            implements IdentityMechanism {
        @Override
        public MechanismName name() {
            return mechanism.name();
        }

        @Override
        public boolean present(Fetch request) {
            return mechanism.present(request);
        }

        @Override
        public boolean signsBody() {
            return mechanism.signsBody();
        }

        @Override
        public boolean quick(Fetch request) {
            return mechanism.quick(request);
        }

        @Override
        public boolean remembers(Fetch request) {
            return mechanism.remembers(request);
        }

        @Override
        public boolean yields(Fetch request, IdentityMechanism other) {
            return mechanism.yields(request, other instanceof Permitting that ? that.mechanism : other);
        }

        @Override
        public IdentityMechanism fresh() {
            return new Permitting(mechanism.fresh(), permissions);
        }

        @Override
        public boolean ready() {
            return mechanism.ready();
        }

        @Override
        public IdentityOutcome verify(Fetch request, Instant now) {
            return permitted(mechanism.verify(request, now));
        }

        @Override
        public Optional<IdentityOutcome> verifyAtOnce(Fetch request, Instant now) {
            return mechanism.verifyAtOnce(request, now).map(this::permitted);
        }

        private IdentityOutcome permitted(IdentityOutcome outcome) {
            return outcome instanceof IdentityOutcome.Authenticated held
                    ? new IdentityOutcome.Authenticated(
                            held.principal(), permissions.apply(held.principal()), held.limits(), held.body())
                    : outcome;
        }
    }
}
