package io.triport.identity.sigv4;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AccessKeyId;
import io.triport.domain.access.AccessKeys;
import io.triport.domain.identity.BodyCheck;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Secret;
import io.triport.identity.revocation.RevocationGuard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Finds whose key made a signature, and judges it. Safe for many threads. */
final class Signatories {
    /*
     * What an unknown key costs. Its signature is checked with the key of nobody, derived from a secret of nobody's and held like
     * all others, so that the time does not tell whether a key exists; the code of the answer may. The same for one that is
     * disabled or expired.
     */
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final AccessKeyId NOBODY = new AccessKeyId("nobody");
    private static final Secret NOBODYS = Secret.of("0000000000000000000000000000000000000000");

    private final AccessKeys keys;
    private final SessionTokens sessions;
    private final RevocationGuard guard;
    private final SigningKeys derived = new SigningKeys();

    Signatories(AccessKeys keys, SessionTokens sessions, RevocationGuard guard) {
        this.keys = keys;
        this.sessions = sessions;
        this.guard = guard;
    }

    /** Who signed, and with what. */
    record Signer(MechanismName mechanism, CredentialScope.Named credential, String token) {}

    /** Whether a key made the signature of a request. */
    @FunctionalInterface
    interface Signed {
        boolean with(SigningKey key);
    }

    /**
     * @param body what the signature says of the body, by the signing key
     */
    Verdict judge(Signer signer, Signed signed, BiFunction<Signatory, SigningKey, BodyCheck> body, Instant now) {
        if (!signer.token().isEmpty()) {
            return switch (sessions.open(signer.token(), signer.credential().key(), now)) {
                case SessionTokens.Opened.Session(var signatory) -> judge(signatory, signer, signed, body, now);
                case SessionTokens.Opened.Refused(var why) -> refused(why);
                case SessionTokens.Opened.Unavailable(var retryAfter) -> new Verdict.Unavailable(retryAfter);
            };
        }
        Optional<AccessKey> key;
        try {
            key = keys.find(signer.credential().key()).filter(AccessKey::enabled);
        } catch (IdentityStateUnavailable e) {
            return new Verdict.Unavailable(RETRY);
        }
        if (key.isEmpty()) {
            signed.with(derived.of(NOBODY, NOBODYS, signer.credential().scope()));
            return refused(SigV4Problem.Kind.UNKNOWN_KEY);
        }
        return judge(Signatory.of(key.get()), signer, signed, body, now);
    }

    private Verdict judge(
            Signatory signatory,
            Signer signer,
            Signed signed,
            BiFunction<Signatory, SigningKey, BodyCheck> body,
            Instant now) {
        var key = derived.of(
                signatory.id(), signatory.secret(), signer.credential().scope());
        var right = signed.with(key);
        if (!now.isBefore(signatory.expiresAt())) {
            return refused(SigV4Problem.Kind.EXPIRED);
        }
        if (!right) {
            return refused(SigV4Problem.Kind.SIGNATURE);
        }
        var outcome = new IdentityOutcome.Authenticated(
                signatory.principal(signer.mechanism(), now),
                signatory.permissions(),
                List.of(),
                body.apply(signatory, key));
        return switch (guard.pass(outcome)) {
            case IdentityOutcome.Authenticated standing -> new Verdict.Signed(standing);
            case IdentityOutcome.Unavailable(var retryAfter) -> new Verdict.Unavailable(retryAfter);
            case IdentityOutcome.Rejected(var reason)
            when reason == Reason.CREDENTIAL_REVOKED -> refused(SigV4Problem.Kind.REVOKED);
            case IdentityOutcome other -> throw new IllegalStateException("outcome: " + other.getClass());
        };
    }

    private static Verdict refused(SigV4Problem.Kind why) {
        return new Verdict.Refused(SigV4Problem.of(why));
    }
}
