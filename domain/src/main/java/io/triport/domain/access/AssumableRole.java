package io.triport.domain.access;

import io.triport.domain.identity.Glob;
import io.triport.domain.identity.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whom sessions are given to, and what they open.
 *
 * @param name for people
 * @param providers whose tokens count; none when it is for holders of keys alone
 * @param audiences of which a token must name one; none for any, which is for configurations of others only
 * @param subjects of which a token's must fit one
 * @param conditions for each claim patterns of which it must fit one; all claims must
 * @param holders of long-lived keys who may take it on
 * @param shortest session, 1 minute or more
 * @param longest session, at most 12 hours
 * @param algorithms that tokens may be signed with, by their names in tokens
 * @param revokedBefore sessions that were given out earlier do not count any more; {@link Instant#EPOCH} for none
 */
public record AssumableRole(
        RoleId id,
        String name,
        List<TrustedProvider> providers,
        Set<String> audiences,
        List<Glob> subjects,
        Map<String, List<Glob>> conditions,
        Set<Subject> holders,
        Duration shortest,
        Duration longest,
        Set<String> algorithms,
        List<ScopeTemplate> scopes,
        Instant revokedBefore) {
    public static final Duration USUAL_SHORTEST = Duration.ofMinutes(15);
    public static final Duration USUAL_LONGEST = Duration.ofHours(1);
    public static final Set<String> USUAL_ALGORITHMS = Set.of("RS256", "ES256");
    public static final Set<String> ALGORITHMS = Set.of("RS256", "RS384", "RS512", "ES256", "ES384", "PS256", "EdDSA");

    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofHours(12);

    public AssumableRole {
        providers = List.copyOf(providers);
        audiences = Set.copyOf(audiences);
        subjects = List.copyOf(subjects);
        conditions = Map.copyOf(conditions);
        holders = Set.copyOf(holders);
        algorithms = Set.copyOf(algorithms);
        scopes = List.copyOf(scopes);
        if (providers.isEmpty() && holders.isEmpty()) {
            throw new IllegalArgumentException("role " + id + ": nobody is trusted (expected: issuers or principals)");
        }
        if (shortest.compareTo(LEAST) < 0 || longest.compareTo(MOST) > 0 || shortest.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    "role " + id + ": sessions of " + shortest + " to " + longest + " (expected: 1m .. 12h)");
        }
        if (algorithms.isEmpty() || !ALGORITHMS.containsAll(algorithms)) {
            throw new IllegalArgumentException(
                    "role " + id + ": algorithms " + algorithms + " (expected: of " + ALGORITHMS + ")");
        }
    }
}
