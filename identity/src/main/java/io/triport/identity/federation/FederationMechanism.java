package io.triport.identity.federation;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.request.Fetch;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.jose.KeySource;
import io.triport.identity.jwt.TokenPlace;
import io.triport.identity.revocation.RevocationGuard;
import io.triport.identity.revocation.RevocationRule;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** A workload that shows its system's token itself, as {@code Authorization: Bearer}. Safe for many threads. */
public final class FederationMechanism implements IdentityMechanism {
    private static final TokenPlace PLACE = new TokenPlace.Bearer();

    private final Federation federation;
    private final RevocationGuard guard;

    public FederationMechanism(Federation federation, RevocationList revocations, RevocationRule rule) {
        this.federation = federation;
        this.guard = new RevocationGuard(revocations, rule);
    }

    /**
     * The same, to be given the revocations when the app is wired.
     *
     * @param sources the keys at a place
     */
    public static PlannedMechanism planned(
            MechanismName name,
            FederationSettings settings,
            DocumentSource documents,
            Function<URI, KeySource> sources) {
        return state -> {
            Function<Issuer, KeySource> keys =
                    issuer -> Optional.ofNullable(settings.places().get(issuer))
                            .map(sources)
                            .orElseGet(() -> new DiscoveredKeys(issuer, documents, sources, state.ticker()));
            return new FederationMechanism(
                    new Federation(name, settings.issuers(), keys), state.revocations(), settings.revocation());
        };
    }

    @Override
    public MechanismName name() {
        return federation.name();
    }

    @Override
    public boolean present(Fetch request) {
        return !PLACE.tokens(request).isEmpty();
    }

    @Override
    public IdentityOutcome verify(Fetch request, Instant now) {
        var tokens = PLACE.tokens(request);
        if (tokens.size() != 1) {
            return new IdentityOutcome.Rejected(
                    tokens.isEmpty() ? Reason.NO_CREDENTIALS : Reason.AMBIGUOUS_CREDENTIALS);
        }
        return switch (federation.judge(tokens.getFirst(), now)) {
            case IdentityOutcome.Authenticated authenticated -> guard.pass(authenticated);
            case IdentityOutcome other -> other;
        };
    }
}
