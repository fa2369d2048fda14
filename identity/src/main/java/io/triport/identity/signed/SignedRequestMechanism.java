package io.triport.identity.signed;

import io.triport.domain.identity.AuthStrength;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.NonceClaim;
import io.triport.domain.identity.NonceLedger;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.PrincipalId;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Fetch;
import io.triport.identity.revocation.RevocationGuard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Requests that their sender signed, {@code hmac-request}. A request is accepted at most once, for as long as its signature
 * would be accepted. Safe for many threads.
 */
public final class SignedRequestMechanism implements IdentityMechanism {
    /*
     * Order of checks. Window, key, signature, body, revocation, and the nonce last: only who has the key can fill the ledger, and a
     * request that is refused for another reason leaves its nonce usable. An unknown key id is checked against a key of
     * nobody's, so that the time does not tell whether it exists.
     *
     * Whose nonce. It belongs to the signer whose key verified, not to the key id in the header, which the form with five
     * headers does not sign.
     */
    private static final Issuer ISSUER = new Issuer("signers");
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final MechanismName name;
    private final SignedSettings settings;
    private final NonceLedger nonces;
    private final RevocationGuard guard;

    public SignedRequestMechanism(
            MechanismName name, SignedSettings settings, NonceLedger nonces, RevocationList revocations) {
        this.name = name;
        this.settings = settings;
        this.nonces = nonces;
        this.guard = new RevocationGuard(revocations, settings.revocation());
    }

    @Override
    public MechanismName name() {
        return name;
    }

    @Override
    public boolean present(Fetch request) {
        return inHeaders(request) || inMessage(request);
    }

    @Override
    public boolean signsBody() {
        return true;
    }

    @Override
    public IdentityOutcome verify(Fetch request, Instant now) {
        if (inHeaders(request) && inMessage(request)) {
            return new IdentityOutcome.Rejected(Reason.AMBIGUOUS_CREDENTIALS);
        }
        var read = inMessage(request) ? MessageForm.read(request, settings.tag()) : HeaderForm.read(request);
        return switch (read) {
            case SignatureClaim.Unreadable(var reason) -> new IdentityOutcome.Rejected(reason);
            case SignatureClaim.Complete claim -> verify(request, claim, now);
        };
    }

    private boolean inHeaders(Fetch request) {
        return settings.forms().contains(SignatureForm.HEADERS) && HeaderForm.present(request.headers());
    }

    private boolean inMessage(Fetch request) {
        return settings.forms().contains(SignatureForm.MESSAGE_SIGNATURES) && MessageForm.present(request.headers());
    }

    private IdentityOutcome verify(Fetch request, SignatureClaim.Complete claim, Instant now) {
        if (!claim.within(settings.window(), now)) {
            return new IdentityOutcome.Rejected(Reason.OUTSIDE_WINDOW);
        }
        var signer = settings.keys().find(claim.keyId());
        var signed = signed(claim, settings.keys().candidates(claim.keyId(), claim.algorithms()));
        if (signer.isEmpty()) {
            return new IdentityOutcome.Rejected(Reason.UNKNOWN_KEY);
        }
        if (!signed) {
            return new IdentityOutcome.Rejected(Reason.SIGNATURE_MISMATCH);
        }
        if (!claim.covers().test(request.body().buffered())) {
            return new IdentityOutcome.Rejected(Reason.BODY_HASH_MISMATCH);
        }
        return admit(request, claim, signer.get(), now);
    }

    /** Looks at all keys, so that time tells nothing of which. */
    private static boolean signed(SignatureClaim.Complete claim, List<SignatureKey> keys) {
        var text = claim.signedBytes();
        var signature = claim.signature().toByteArray();
        var signed = false;
        for (var key : keys) {
            signed |= key.signed(text, signature);
        }
        return signed;
    }

    private IdentityOutcome admit(Fetch request, SignatureClaim.Complete claim, SignedKey signer, Instant now) {
        if (!now.isBefore(signer.expiresAt())) {
            return new IdentityOutcome.Rejected(Reason.CREDENTIAL_EXPIRED);
        }
        if (!signer.usableFrom(request.peer().address())) {
            return new IdentityOutcome.Rejected(Reason.ADDRESS_DENIED);
        }
        var admitted =
                new IdentityOutcome.Authenticated(principal(claim, signer, now), signer.permissions(), List.of());
        return switch (guard.pass(admitted)) {
            case IdentityOutcome.Authenticated standing -> once(claim, signer, standing, now);
            case IdentityOutcome other -> other;
        };
    }

    private IdentityOutcome once(
            SignatureClaim.Complete claim, SignedKey signer, IdentityOutcome.Authenticated admitted, Instant now) {
        return switch (spend(claim, signer, now)) {
            case NonceClaim.Fresh fresh -> admitted;
            case NonceClaim.Spent spent -> new IdentityOutcome.Rejected(Reason.REPLAYED);
            case NonceClaim.Undecidable(var retryAfter) -> new IdentityOutcome.Unavailable(retryAfter);
        };
    }

    private NonceClaim spend(SignatureClaim.Complete claim, SignedKey signer, Instant now) {
        try {
            return nonces.claim(
                    signer.credential(), claim.nonceDigest(), claim.created(), now.plus(settings.nonceMemory()));
        } catch (IdentityStateUnavailable e) {
            return new NonceClaim.Undecidable(RETRY);
        }
    }

    private Principal principal(SignatureClaim.Complete claim, SignedKey signer, Instant now) {
        var subject = new Subject(signer.credential().text());
        return new Principal(
                new PrincipalId(name, ISSUER, subject),
                Principal.Kind.SERVICE,
                signer.roles(),
                signer.scopes(),
                Claims.NONE,
                signer.credential(),
                claim.created(),
                now,
                signer.expiresAt(),
                AuthStrength.POSSESSION);
    }
}
