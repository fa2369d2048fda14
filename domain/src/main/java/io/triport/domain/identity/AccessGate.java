package io.triport.domain.identity;

import io.triport.domain.request.Fetch;
import io.triport.domain.request.Inbound;
import io.triport.domain.request.QueueBatch;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.Scheduled;
import io.triport.domain.request.TaskName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs the route's mechanisms and the policy, and mints the grant. The only way to one: it takes the event and not an
 * outcome, so a made-up outcome has no way in. Safe for many threads.
 */
public final class AccessGate {
    /*
     * Which claims count. A mechanism that is present is a claim, and a claim that fails is final: also on a route with
     * `public` a bad credential is refused, because a caller that shows one expects to be known by it.
     *
     * How long a grant lives. The longest request is bounded by the edge; a grant that were forgotten open must end by
     * itself, so it never outlives LONGEST even when its credential does.
     */
    private static final Duration LONGEST = Duration.ofHours(24);

    /** How long a mechanism may remember a verification; a route that wants younger ones gets them made anew. */
    private static final Duration REMEMBERED = Duration.ofSeconds(60);

    private final Map<MechanismName, IdentityMechanism> mechanisms;
    private final Map<TaskName, SystemTask> tasks;
    private final Clock clock;
    private final IdentityLog log;

    public AccessGate(Set<IdentityMechanism> mechanisms, Set<SystemTask> tasks, Clock clock, IdentityLog log) {
        this.mechanisms = byName(mechanisms);
        this.tasks = byTaskName(tasks);
        this.clock = clock;
        this.log = log;
    }

    /** Whether every mechanism of the policy is wired, so that an app can refuse to start on a route that could not be judged. */
    public boolean knows(RoutePolicy policy) {
        return mechanisms.keySet().containsAll(policy.mechanisms());
    }

    /** Whether a mechanism of the policy signs the body, which then must be held in memory before {@link #admit}. */
    public boolean signsBody(RoutePolicy policy) {
        return policy.mechanisms().stream().anyMatch(name -> mechanism(name).signsBody());
    }

    /** The mechanisms that have nothing to verify with at the moment; with one of them the app is not ready. */
    public Set<MechanismName> unready() {
        return mechanisms.values().stream()
                .filter(mechanism -> !mechanism.ready())
                .map(IdentityMechanism::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether all that the request claims was verified lately, so that judging it costs no cryptography. */
    public boolean remembers(Fetch fetch, RoutePolicy policy) {
        return claimed(fetch, policy).stream().allMatch(mechanism -> mechanism.remembers(fetch));
    }

    /** Decides, and tells the log. May block as long as a mechanism does. */
    public Decision admit(Inbound inbound, RoutePolicy policy) {
        log.judging(inbound);
        var decision = switch (inbound) {
            case Fetch fetch -> decideClaims(claimed(fetch, policy), fetch, policy, clock.instant());
            case Scheduled scheduled -> admitTask(scheduled.task(), scheduled.id());
            case QueueBatch batch -> admitTask(batch.task(), batch.id());
        };
        tell(inbound, decision);
        return decision;
    }

    /**
     * {@link #admit} for an event loop: empty, and nothing told, where a mechanism that would judge the request is not {@link
     * IdentityMechanism#quick}.
     */
    public Optional<Decision> admitAtOnce(Fetch fetch, RoutePolicy policy) {
        log.judging(fetch);
        var claimed = claimed(fetch, policy);
        var decision = decideAtOnce(claimed, fetch, policy, clock.instant());
        decision.ifPresent(made -> tell(fetch, made));
        return decision;
    }

    private void tell(Inbound inbound, Decision decision) {
        switch (decision) {
            case Decision.Admitted admitted -> log.admitted(admitted.grant());
            case Decision.Refused refused -> log.refused(inbound, refused.refusal());
        }
    }

    private Optional<Decision> decideAtOnce(
            List<IdentityMechanism> claimed, Fetch fetch, RoutePolicy policy, Instant now) {
        if (firstDecides(claimed, policy)) {
            var first = claimed.getFirst();
            return first.verifyAtOnce(fetch, now).map(outcome -> judge(outcome, first.name(), fetch, policy, now));
        }
        for (var mechanism : claimed) {
            if (!mechanism.quick(fetch)) {
                return Optional.empty();
            }
        }
        return Optional.of(decideClaims(claimed, fetch, policy, now));
    }

    private static boolean firstDecides(List<IdentityMechanism> claimed, RoutePolicy policy) {
        return switch (policy.combine()) {
            case FIRST -> !claimed.isEmpty();
            case ALL -> claimed.size() == 1 && policy.mechanisms().size() == 1;
            case AGREE -> claimed.size() == 1;
        };
    }

    private Decision decideClaims(List<IdentityMechanism> claimed, Fetch fetch, RoutePolicy policy, Instant now) {
        if (policy.combine() == Combine.ALL
                && claimed.size() < policy.mechanisms().size()) {
            return refuse(Reason.NO_CREDENTIALS, policy.mechanisms().getFirst(), policy);
        }
        if (claimed.isEmpty()) {
            return policy.mechanisms().contains(MechanismName.PUBLIC)
                    ? decide(mechanism(MechanismName.PUBLIC), fetch, policy, now)
                    : refuse(Reason.NO_CREDENTIALS, policy.mechanisms().getFirst(), policy);
        }
        return firstDecides(claimed, policy)
                ? decide(claimed.getFirst(), fetch, policy, now)
                : decideTogether(claimed, fetch, policy, now);
    }

    /** The mechanisms that the request claims, in the route's order, without those that leave the credential to another. */
    private List<IdentityMechanism> claimed(Fetch fetch, RoutePolicy policy) {
        var claimed = new ArrayList<IdentityMechanism>(policy.mechanisms().size());
        for (var name : policy.mechanisms()) {
            if (!name.equals(MechanismName.PUBLIC) && mechanism(name).present(fetch)) {
                claimed.add(
                        policy.maxVerifyAge().compareTo(REMEMBERED) < 0
                                ? mechanism(name).fresh()
                                : mechanism(name));
            }
        }
        if (claimed.size() > 1 && policy.combine() != Combine.ALL) {
            var all = List.copyOf(claimed);
            claimed.removeIf(mechanism -> all.stream().anyMatch(other -> mechanism.yields(fetch, other)));
        }
        return claimed;
    }

    private Decision decideTogether(List<IdentityMechanism> claimed, Fetch fetch, RoutePolicy policy, Instant now) {
        var first = claimed.getFirst();
        var outcome = first.verify(fetch, now);
        if (!(outcome instanceof IdentityOutcome.Authenticated leading)) {
            return judge(outcome, first.name(), fetch, policy, now);
        }
        for (var other : claimed.subList(1, claimed.size())) {
            var second = other.verify(fetch, now);
            if (!(second instanceof IdentityOutcome.Authenticated agreeing)) {
                return judge(second, other.name(), fetch, policy, now);
            }
            if (!agreeing.principal()
                    .id()
                    .subject()
                    .equals(leading.principal().id().subject())) {
                return refuse(Reason.SUBJECTS_DIFFER, other.name(), policy);
            }
        }
        return judge(leading, first.name(), fetch, policy, now);
    }

    private Decision decide(IdentityMechanism mechanism, Fetch fetch, RoutePolicy policy, Instant now) {
        return judge(mechanism.verify(fetch, now), mechanism.name(), fetch, policy, now);
    }

    private Decision judge(
            IdentityOutcome outcome, MechanismName mechanism, Fetch fetch, RoutePolicy policy, Instant now) {
        return switch (outcome) {
            case IdentityOutcome.Authenticated a -> applyPolicy(a, mechanism, fetch, policy, now);
            case IdentityOutcome.Anonymous a -> admitAnonymous(a, mechanism, fetch, policy, now);
            case IdentityOutcome.Rejected r -> refuse(r.reason(), mechanism, policy);
            case IdentityOutcome.Unavailable u ->
                new Decision.Refused(new Refusal(Reason.UNAVAILABLE, mechanism, policy.mechanisms(), u.retryAfter()));
        };
    }

    private static Decision admitAnonymous(
            IdentityOutcome.Anonymous outcome, MechanismName mechanism, Fetch fetch, RoutePolicy policy, Instant now) {
        if (!mechanism.equals(MechanismName.PUBLIC)) {
            throw new IllegalStateException(
                    "mechanism: " + mechanism + " says anonymous (expected: only `public` does)");
        }
        return new Decision.Admitted(new Grant(
                outcome.principal(),
                withoutCredential(policy),
                List.of(),
                now.plus(LONGEST),
                fetch.id(),
                BodyCheck.NONE));
    }

    private static Decision applyPolicy(
            IdentityOutcome.Authenticated outcome,
            MechanismName mechanism,
            Fetch fetch,
            RoutePolicy policy,
            Instant now) {
        var principal = outcome.principal();
        if (!now.isBefore(principal.validUntil())) {
            return refuse(Reason.CREDENTIAL_EXPIRED, mechanism, policy);
        }
        if (principal.verifiedAt().plus(policy.maxVerifyAge()).isBefore(now)) {
            return refuse(Reason.VERIFIED_TOO_LONG_AGO, mechanism, policy);
        }
        if (!principal.scopes().containsAll(policy.scopes())) {
            return refuse(Reason.SCOPE_DENIED, mechanism, policy);
        }
        var longest = now.plus(LONGEST);
        var until = principal.validUntil().isBefore(longest) ? principal.validUntil() : longest;
        return new Decision.Admitted(
                new Grant(principal, outcome.permissions(), outcome.limits(), until, fetch.id(), outcome.body()));
    }

    private Decision admitTask(TaskName name, RequestId request) {
        var task = tasks.get(name);
        if (task == null) {
            return new Decision.Refused(new Refusal(
                    Reason.TASK_UNKNOWN, MechanismName.SYSTEM, List.of(MechanismName.SYSTEM), Duration.ZERO));
        }
        var now = clock.instant();
        var id = new PrincipalId(
                MechanismName.SYSTEM,
                new Issuer("system"),
                new Subject(task.taskName().text()));
        var principal = Principal.named(
                id,
                Principal.Kind.SERVICE,
                new CredentialId(task.taskName().text()),
                AuthStrength.NONE,
                now,
                now.plus(LONGEST));
        var grant = new Grant(principal, task.permissions(), List.of(), now.plus(LONGEST), request, BodyCheck.NONE);
        grant.storeWait().callByCall(); // nobody waits for the whole of it
        return new Decision.Admitted(grant);
    }

    private IdentityMechanism mechanism(MechanismName name) {
        var mechanism = mechanisms.get(name);
        if (mechanism == null) {
            throw new IllegalStateException("mechanism: " + name + " (expected: one of " + mechanisms.keySet() + ")");
        }
        return mechanism;
    }

    /** An anonymous caller gets the scopes written on the route, on everything: the route decides what it shows to all. */
    private static Permissions withoutCredential(RoutePolicy policy) {
        var actions = java.util.Arrays.stream(Action.values())
                .filter(action -> policy.scopes().contains(action.scope()))
                .collect(Collectors.toUnmodifiableSet());
        return Permissions.of(new Permission(actions, Set.of(ResourcePattern.all()), Set.of(KeyPrefix.EVERY)));
    }

    private static Decision refuse(Reason reason, MechanismName mechanism, RoutePolicy policy) {
        return new Decision.Refused(new Refusal(reason, mechanism, policy.mechanisms(), Duration.ZERO));
    }

    private static Map<MechanismName, IdentityMechanism> byName(Set<IdentityMechanism> mechanisms) {
        var byName = new HashMap<MechanismName, IdentityMechanism>();
        for (var mechanism : mechanisms) {
            if (byName.put(mechanism.name(), mechanism) != null) {
                throw new IllegalArgumentException("mechanism: " + mechanism.name() + " (expected: wired once)");
            }
        }
        return Map.copyOf(byName);
    }

    private static Map<TaskName, SystemTask> byTaskName(Set<SystemTask> tasks) {
        var byName = new HashMap<TaskName, SystemTask>();
        for (var task : tasks) {
            if (!(task instanceof Enum<?>)) {
                throw new IllegalArgumentException("task: " + task.taskName() + " (expected: an enum constant)");
            }
            if (byName.put(task.taskName(), task) != null) {
                throw new IllegalArgumentException("task: " + task.taskName() + " (expected: one of its name)");
            }
        }
        return Map.copyOf(byName);
    }
}
