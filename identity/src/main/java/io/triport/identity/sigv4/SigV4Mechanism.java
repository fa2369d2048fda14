package io.triport.identity.sigv4;

import io.triport.domain.access.AccessKeys;
import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.request.Fetch;
import io.triport.identity.revocation.RevocationGuard;
import java.time.Instant;
import java.util.Optional;

/**
 * Requests signed with Signature Version 4 in their header {@code Authorization} or in their query, by long-lived keys or by
 * sessions. What the signature says of a body that streams is in the grant. Safe for many threads.
 */
public final class SigV4Mechanism implements IdentityMechanism {
    /** The name that routes of an S3 endpoint list it under. */
    public static final MechanismName NAME = new MechanismName("sigv4");

    private final MechanismName name;
    private final SigV4Settings settings;
    private final SigV4Verifier verifier;

    /** @param sessions {@link SessionTokens#NONE} where none are given out */
    public SigV4Mechanism(
            MechanismName name,
            SigV4Settings settings,
            AccessKeys keys,
            SessionTokens sessions,
            RevocationGuard guard) {
        this.name = name;
        this.settings = settings;
        this.verifier = new SigV4Verifier(name, settings, keys, sessions, guard);
    }

    @Override
    public MechanismName name() {
        return name;
    }

    /** Any {@code Authorization} counts, so that one of another form is refused and not taken for none. */
    @Override
    public boolean present(Fetch request) {
        return ClaimReader.present(request);
    }

    @Override
    public boolean signsBody() {
        return settings.payload() == PayloadRule.HELD;
    }

    @Override
    public IdentityOutcome verify(Fetch request, Instant now) {
        return switch (verifier.judge(request, now)) {
            case Verdict.Signed(var outcome) -> outcome;
            case Verdict.Refused(var problem) ->
                new IdentityOutcome.Rejected(problem.kind().reason());
            case Verdict.Unavailable(var retryAfter) -> new IdentityOutcome.Unavailable(retryAfter);
        };
    }

    /**
     * What to tell the sender of a request that this mechanism refused. The gate's refusal says only why in one word, which is all
     * that most apps may tell; S3 has more words and elements, and they are found by judging the request once more.
     *
     * @return empty when the request would not be refused at this moment
     */
    public Optional<SigV4Problem> problem(Fetch request, Instant now) {
        return verifier.judge(request, now) instanceof Verdict.Refused(var problem)
                ? Optional.of(problem)
                : Optional.empty();
    }
}
