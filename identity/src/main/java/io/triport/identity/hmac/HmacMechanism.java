package io.triport.identity.hmac;

import io.triport.domain.identity.AuthStrength;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.NonceClaim;
import io.triport.domain.identity.NonceLedger;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.PrincipalId;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Fetch;
import io.triport.identity.PlannedMechanism;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Requests signed with a shared secret (KV remote protocol, sections 2 and 3). A request is accepted at most once, for as long
 * as its timestamp would be accepted. Safe for many threads.
 */
public final class HmacMechanism implements IdentityMechanism {
    /*
     * Order of checks. Cheap before dear, and the nonce last: a stranger cannot fill the ledger, and a request that is refused
     * for another reason leaves its nonce usable. Whether a key id exists is told by the answer, as the protocol has it, but
     * not by the time it takes: an unknown id is checked against a secret of our own.
     *
     * Whose nonce. The key id is not signed, so the nonce belongs to the key whose secret verified and not to the id in the
     * header; else another id with the same secret would make a spent request fresh.
     */
    public static final MechanismName NAME = new MechanismName("hmac");

    private static final Issuer ISSUER = new Issuer("key-map");

    /** Stands in for a key id that nobody has, so that an unknown id takes the same way as a known one. */
    static final SigningKey NOBODY = new SigningKey(
            new CredentialId("nobody"),
            List.of(HmacSecret.of("no key of this id, but the same work")),
            Set.of(),
            Permissions.NONE,
            List.of(),
            Instant.MIN,
            List.of());

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Supplier<KeyRing> keys;
    private final NonceLedger nonces;
    private final HmacSettings settings;

    /** @param keys asked at each request, so that the ring may be replaced while requests run */
    public HmacMechanism(Supplier<KeyRing> keys, NonceLedger nonces, HmacSettings settings) {
        this.keys = keys;
        this.nonces = nonces;
        this.settings = settings;
    }

    /** The same, to be given the nonces when the app is wired. */
    public static PlannedMechanism planned(Supplier<KeyRing> keys, HmacSettings settings) {
        return state -> new HmacMechanism(keys, state.nonces(), settings);
    }

    @Override
    public MechanismName name() {
        return NAME;
    }

    @Override
    public boolean present(Fetch request) {
        return SigningHeaders.ALL.stream().anyMatch(request.headers()::has);
    }

    @Override
    public boolean signsBody() {
        return true;
    }

    @Override
    public IdentityOutcome verify(Fetch request, Instant now) {
        var ring = keys.get();
        if (ring.isEmpty()) {
            return new IdentityOutcome.Rejected(Reason.NOT_CONFIGURED);
        }
        return switch (HmacClaim.read(request.headers())) {
            case HmacClaim.Unreadable unreadable -> new IdentityOutcome.Rejected(unreadable.reason());
            case HmacClaim.Complete claim -> verify(request, claim, ring, now);
        };
    }

    private IdentityOutcome verify(Fetch request, HmacClaim.Complete claim, KeyRing ring, Instant now) {
        if (!claim.within(settings.window(), now)) {
            return new IdentityOutcome.Rejected(Reason.OUTSIDE_WINDOW);
        }
        if (!claim.matches(request.body().buffered())) {
            return new IdentityOutcome.Rejected(Reason.BODY_HASH_MISMATCH);
        }
        var known = ring.find(claim.keyId());
        var key = known.orElse(NOBODY);
        var signed = canonical(request, claim).stream().anyMatch(form -> key.signed(form, claim.signature()));
        if (known.isEmpty()) {
            return new IdentityOutcome.Rejected(Reason.UNKNOWN_KEY);
        }
        return signed ? admit(request, claim, key, now) : new IdentityOutcome.Rejected(Reason.SIGNATURE_MISMATCH);
    }

    private IdentityOutcome admit(Fetch request, HmacClaim.Complete claim, SigningKey key, Instant now) {
        if (!now.isBefore(key.expiresAt())) {
            return new IdentityOutcome.Rejected(Reason.CREDENTIAL_EXPIRED);
        }
        if (!key.usableFrom(request.peer().address())) {
            return new IdentityOutcome.Rejected(Reason.ADDRESS_DENIED);
        }
        return switch (spend(claim, key, now)) {
            case NonceClaim.Fresh fresh ->
                new IdentityOutcome.Authenticated(principal(key, now), key.permissions(), key.limits());
            case NonceClaim.Spent spent -> new IdentityOutcome.Rejected(Reason.REPLAYED);
            case NonceClaim.Undecidable undecidable -> new IdentityOutcome.Unavailable(undecidable.retryAfter());
        };
    }

    private NonceClaim spend(HmacClaim.Complete claim, SigningKey key, Instant now) {
        try {
            var keepUntil = now.plus(settings.nonceMemory());
            return nonces.claim(key.credential(), claim.nonceDigest(), claim.timestamp(), keepUntil);
        } catch (IdentityStateUnavailable e) {
            return new NonceClaim.Undecidable(RETRY);
        }
    }

    /** The path as the client may have signed it: without the base path that a front proxy strips, and in full. */
    private List<CanonicalRequest> canonical(Fetch request, HmacClaim.Complete claim) {
        var full = request.target().path();
        var base = settings.basePath();
        return base.isEmpty() || !full.startsWith(base + "/")
                ? List.of(canonical(request, full, claim))
                : List.of(canonical(request, full.substring(base.length()), claim), canonical(request, full, claim));
    }

    private static CanonicalRequest canonical(Fetch request, String path, HmacClaim.Complete claim) {
        return new CanonicalRequest(
                request.method().text(),
                path,
                request.target().search(),
                claim.timestampText(),
                claim.nonce(),
                claim.bodySha256());
    }

    private static Principal principal(SigningKey key, Instant now) {
        var subject = new Subject(key.credential().text());
        return Principal.named(
                        new PrincipalId(NAME, ISSUER, subject),
                        Principal.Kind.SERVICE,
                        key.credential(),
                        AuthStrength.POSSESSION,
                        now,
                        key.expiresAt())
                .withScopes(key.scopes());
    }
}
