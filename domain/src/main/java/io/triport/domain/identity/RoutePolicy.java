package io.triport.domain.identity;

import io.triport.domain.request.ByteSize;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a route demands of an identity.
 *
 * @param mechanisms in order, at least one
 * @param scopes all of them are needed; for {@code public} they are all that the anonymous grant gets
 * @param bodyBound the longest body accepted
 * @param maxVerifyAge how old a verification may be, zero for one made by this very request
 */
public record RoutePolicy(
        List<MechanismName> mechanisms, Combine combine, Set<Scope> scopes, ByteSize bodyBound, Duration maxVerifyAge) {
    public RoutePolicy {
        mechanisms = List.copyOf(mechanisms);
        scopes = Set.copyOf(scopes);
        if (mechanisms.isEmpty()) {
            throw new IllegalArgumentException("mechanisms: none (expected: at least one, `public` for everybody)");
        }
        if (mechanisms.stream().distinct().count() != mechanisms.size()) {
            throw new IllegalArgumentException("mechanisms: " + mechanisms + " (expected: each once)");
        }
        if (maxVerifyAge.isNegative()) {
            throw new IllegalArgumentException("maxVerifyAge: " + maxVerifyAge + " (expected: zero or more)");
        }
    }
}
