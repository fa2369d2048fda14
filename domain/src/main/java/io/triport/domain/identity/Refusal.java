package io.triport.domain.identity;

import java.time.Duration;
import java.util.List;

/**
 * Why the gate stayed closed. Holds no secret and nothing that the caller sent.
 *
 * @param mechanisms those that the route accepts, for a challenge
 * @param mechanism the one that refused, or the first of the route when no credential was shown
 * @param retryAfter zero unless waiting helps
 */
public record Refusal(Reason reason, MechanismName mechanism, List<MechanismName> mechanisms, Duration retryAfter) {
    public Refusal {
        mechanisms = List.copyOf(mechanisms);
    }
}
