package io.triport.identity;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.Reason;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.RateLimit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A mechanism that knows who somebody is, in an app that knows what he may do.
 *
 * @param allowances what somebody may do, in the place of what the mechanism says of it
 */
public record PermittingPlan(PlannedMechanism plan, Function<Principal, Allowance> allowances)
        implements PlannedMechanism {
    /** For an app that adds data to the routes which a credential opens. @param permissions what data somebody may reach */
    public static PermittingPlan ofData(PlannedMechanism plan, Function<Principal, Permissions> permissions) {
        return new PermittingPlan(plan, principal -> Allowance.ofData(principal, permissions.apply(principal)));
    }

    @Override
    public IdentityMechanism over(IdentityState state) {
        return new Permitting(plan.over(state), allowances);
    }

    private record Permitting(IdentityMechanism mechanism, Function<Principal, Allowance> allowances)
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
            return new Permitting(mechanism.fresh(), allowances);
        }

        @Override
        public boolean ready() {
            return mechanism.ready();
        }

        @Override
        public IdentityOutcome verify(Fetch request, Instant now) {
            return allowed(mechanism.verify(request, now), request, now);
        }

        @Override
        public Optional<IdentityOutcome> verifyAtOnce(Fetch request, Instant now) {
            return mechanism.verifyAtOnce(request, now).map(outcome -> allowed(outcome, request, now));
        }

        private IdentityOutcome allowed(IdentityOutcome outcome, Fetch request, Instant now) {
            if (!(outcome instanceof IdentityOutcome.Authenticated held)) {
                return outcome;
            }
            var allowance = allowances.apply(held.principal());
            if (!now.isBefore(allowance.until())) {
                return new IdentityOutcome.Rejected(Reason.CREDENTIAL_EXPIRED);
            }
            if (!allowance.usableFrom(request.peer().address())) {
                return new IdentityOutcome.Rejected(Reason.ADDRESS_DENIED);
            }
            return new IdentityOutcome.Authenticated(
                    held.principal().withScopes(allowance.scopes()).until(allowance.until()),
                    allowance.permissions(),
                    both(held.limits(), allowance.limits()),
                    held.body());
        }

        private static List<RateLimit> both(List<RateLimit> held, List<RateLimit> more) {
            var both = new ArrayList<>(held);
            both.addAll(more);
            return both;
        }
    }
}
