package io.triport.identity.federation;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.request.Fetch;
import io.triport.identity.jwt.AddressedMechanism;
import io.triport.identity.jwt.Lifetime;
import io.triport.identity.jwt.TokenPlace;
import io.triport.identity.revocation.RevocationGuard;
import io.triport.identity.revocation.RevocationRule;
import java.time.Instant;
import java.util.Optional;

/** A workload that shows its system's token itself, as {@code Authorization: Bearer}. Safe for many threads. */
public final class FederationMechanism implements AddressedMechanism {
    private static final TokenPlace PLACE = new TokenPlace.Bearer();

    private final Federation federation;
    private final RevocationGuard guard;

    public FederationMechanism(Federation federation, RevocationList revocations, RevocationRule rule) {
        this.federation = federation;
        this.guard = new RevocationGuard(revocations, rule);
    }

    @Override
    public MechanismName name() {
        return federation.name();
    }

    @Override
    public boolean ready() {
        return federation.ready();
    }

    @Override
    public boolean present(Fetch request) {
        return !PLACE.tokens(request).isEmpty();
    }

    @Override
    public boolean yields(Fetch request, IdentityMechanism other) {
        return yieldsToken(request, other);
    }

    @Override
    public IdentityOutcome verify(Fetch request, Instant now) {
        var tokens = PLACE.tokens(request);
        if (tokens.size() != 1) {
            return new IdentityOutcome.Rejected(
                    tokens.isEmpty() ? Reason.NO_CREDENTIALS : Reason.AMBIGUOUS_CREDENTIALS);
        }
        return switch (judge(tokens.getFirst(), now)) {
            case IdentityOutcome.Authenticated authenticated -> settle(authenticated, request);
            case IdentityOutcome other -> other;
        };
    }

    @Override
    public int claim(String token) {
        return federation.addressed(token) ? 2 : 0;
    }

    @Override
    public Optional<String> credential(Fetch request) {
        var tokens = PLACE.tokens(request);
        return tokens.size() == 1 ? Optional.of(tokens.getFirst()) : Optional.empty();
    }

    @Override
    public IdentityOutcome judge(String token, Instant now) {
        return federation.judge(token, now);
    }

    @Override
    public IdentityOutcome settle(IdentityOutcome.Authenticated held, Fetch request) {
        return guard.pass(held);
    }

    @Override
    public long generation() {
        return federation.generation();
    }

    @Override
    public Instant rememberableUntil(IdentityOutcome.Authenticated held) {
        return held.principal().validUntil().minus(Lifetime.DEFAULT.skew());
    }
}
