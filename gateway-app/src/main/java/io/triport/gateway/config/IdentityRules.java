package io.triport.gateway.config;

import io.triport.identity.config.Section;
import io.triport.identity.oidc.OidcPlan;
import io.triport.identity.session.SessionSettings;
import io.triport.identity.signer.SignerPages;
import io.triport.identity.signer.SignerSettings;
import io.triport.identity.signer.SigningAlgorithm;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold between mechanisms, and between them and routes. */
final class IdentityRules {
    /** Their credential is one and the same cookie. */
    private static final Set<String> OF_A_COOKIE = Set.of(SessionSettings.TYPE, OidcPlan.TYPE);

    private static final String HEALTH = "/health";

    private IdentityRules() {}

    /** @throws io.triport.identity.config.ConfigError where two of them would answer the same path */
    static void check(Section root, Map<String, MechanismSettings> identity, @Nullable SignerSettings signer) {
        var taken = new HashMap<>(Map.of(HEALTH, "the server"));
        if (signer != null) {
            if (signer.schedule().turns().stream().anyMatch(turn -> turn.key().algorithm() == SigningAlgorithm.RS256)) {
                throw root.section("signer").error("keys", "a key of RSA", "keys of P-256 or Ed25519");
            }
            new SignerPages(signer.signer()).paths().forEach(path -> taken.put(path, "the signer"));
        }
        for (var mechanism : identity.values()) {
            for (var path : mechanism.trace().paths()) {
                var other = taken.put(path, mechanism.name());
                if (other != null) {
                    throw root.section("identity")
                            .error(mechanism.name(), path, "a path that " + other + " does not answer");
                }
            }
        }
    }

    /** @throws io.triport.identity.config.ConfigError where the route could not work as it is written */
    static void check(
            Section section,
            RouteSettings route,
            Map<String, MechanismSettings> identity,
            @Nullable SignerSettings signer) {
        var sessions = route.identity().stream()
                .map(identity::get)
                .filter(mechanism -> mechanism != null && OF_A_COOKIE.contains(mechanism.type()))
                .count();
        if (sessions > 1) {
            throw section.error(
                    "identity", route.identity().toString(), "one of " + OF_A_COOKIE + ", which share a cookie");
        }
        var assertion = route.forwarding().assertion();
        if (assertion == null) {
            return;
        }
        if (signer == null) {
            throw section.error("identityAssertion", "nobody signs it", "a section signer in the file");
        }
        if (assertion.ttl().compareTo(signer.schedule().longestLife()) > 0) {
            throw section.section("identityAssertion")
                    .error("ttl", assertion.ttl().toString(), "at most signer.longestLife");
        }
    }
}
