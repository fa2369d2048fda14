package io.triport.identity.edge;

import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.Decision;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.RoutePolicy;
import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.RateLimiter;
import io.triport.identity.connection.EdgeAnswer;
import io.triport.identity.log.RequestLog;
import jakarta.inject.Singleton;

/**
 * Whether a request may come in: from an address that was not rejected too often, with what the gate asks for, within the limits
 * of who sent it. Safe for many threads.
 */
@Singleton
public final class Door {
    private final AccessGate gate;
    private final RateLimiter limiter;
    private final FailureLimit failures;
    private final EdgeAnswers answers;
    private final RequestLog log;

    Door(AccessGate gate, RateLimiter limiter, FailureLimit failures, EdgeAnswers answers, RequestLog log) {
        this.gate = gate;
        this.limiter = limiter;
        this.failures = failures;
        this.answers = answers;
        this.log = log;
    }

    /** What became of a request at the door. */
    public sealed interface Passage {}

    /** @param grant to be closed by whoever asked, when the request is over */
    public record Open(Grant grant) implements Passage {}

    /** @param answer in the shape of the app */
    public record Shut(EdgeAnswer answer) implements Passage {}

    /** Whether the gate can judge by a policy at all. */
    public boolean knows(RoutePolicy policy) {
        return gate.knows(policy);
    }

    public Passage ask(Fetch fetch, RoutePolicy policy) {
        var wait = failures.wait(fetch.peer().address());
        if (wait.isPositive()) {
            log.limited(fetch.id(), "rejected-credentials");
            return new Shut(answers.limited(wait));
        }
        return switch (gate.admit(fetch, policy)) {
            case Decision.Refused refused -> {
                if (refused.refusal().reason().badCredential()) {
                    failures.failed(fetch.peer().address());
                }
                yield new Shut(answers.of(refused.refusal()));
            }
            case Decision.Admitted admitted -> taken(admitted.grant(), fetch);
        };
    }

    private Passage taken(Grant grant, Fetch fetch) {
        if (grant.limits().isEmpty()) {
            return new Open(grant);
        }
        var owner = grant.principal().id().unique();
        var charges = grant.limits().stream()
                .map(limit -> new Charge(owner + limit.scope(), limit, 1))
                .toList();
        return switch (limiter.take(charges)) {
            case Admission.Taken taken -> new Open(grant);
            case Admission.Exhausted exhausted -> {
                grant.close();
                log.limited(fetch.id(), "rate-limit");
                yield new Shut(answers.limited(exhausted));
            }
        };
    }
}
