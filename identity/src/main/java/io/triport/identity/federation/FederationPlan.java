package io.triport.identity.federation;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.MechanismName;
import io.triport.identity.IdentityState;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.jose.KeySource;
import io.triport.identity.jwks.JwksSettings;
import io.triport.identity.jwks.JwksUrl;
import io.triport.identity.jwks.PublishedKeys;
import io.triport.identity.jwt.Lifetime;
import io.triport.identity.verified.VerifiedCache;

/** Trusted systems as they were set. Two plans are equal when name and settings are. */
public record FederationPlan(MechanismName name, FederationSettings settings) implements PlannedMechanism {
    /** The value of {@code type:} in a configuration. */
    public static final String TYPE = "federation";

    @Override
    public IdentityMechanism over(IdentityState state) {
        var federation = new Federation(name, settings.issuers(), issuer -> keys(issuer, state));
        var mechanism = new FederationMechanism(federation, state.revocations(), settings.revocation());
        return state.verified().over(mechanism, VerifiedCache.LONGEST, Lifetime.DEFAULT.skew());
    }

    private KeySource keys(Issuer issuer, IdentityState state) {
        var place = settings.places().get(issuer);
        if (place != null) {
            return new PublishedKeys(JwksSettings.of(new JwksUrl(place)), state.keys());
        }
        var keys = new DiscoveredKeys(
                issuer,
                new HttpDocuments(),
                found -> PublishedKeys.fetched(found, state.keys()),
                state.keys().background(),
                state.ticker());
        keys.discoverSoon();
        return keys;
    }
}
