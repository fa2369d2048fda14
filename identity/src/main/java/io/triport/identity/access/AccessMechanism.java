package io.triport.identity.access;

import io.triport.domain.identity.AuthStrength;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.PrincipalId;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Fetch;
import io.triport.identity.access.AccessSettings.Admitted;
import io.triport.identity.jose.KeySource;
import io.triport.identity.jwks.JwksNumbers;
import io.triport.identity.jwks.KeyedMechanism;
import io.triport.identity.jwt.AddressedMechanism;
import io.triport.identity.jwt.TokenCheck;
import io.triport.identity.jwt.TokenName;
import io.triport.identity.jwt.TokenPlace;
import io.triport.identity.jwt.TokenVerifier;
import io.triport.identity.revocation.RevocationGuard;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The assertion that Cloudflare Access adds to each request that it lets through: of a person with an e-mail address, or of a
 * service with a client id. Safe for many threads.
 */
public final class AccessMechanism implements AddressedMechanism, KeyedMechanism {
    /*
     * Header and cookie. Access sends both; the header decides, and the cookie is not looked at beside it. The cookie alone is
     * what a browser sends that came another way, so other sites can cause it to be sent.
     *
     * Services. Their tokens have an empty subject and a common_name, which is their client id: the only case in which a token
     * without a subject is taken.
     */
    private static final TokenPlace HEADER = new TokenPlace.Header("cf-access-jwt-assertion");
    private static final TokenPlace COOKIE = new TokenPlace.Cookie("CF_Authorization");
    private static final TokenPlace BEARER = new TokenPlace.Bearer();

    private final AccessSettings settings;
    private final TokenVerifier verifier;
    private final RevocationGuard guard;

    public AccessMechanism(AccessSettings settings, KeySource keys, RevocationList revocations) {
        this.settings = settings;
        this.verifier = new TokenVerifier(settings.rules(), keys);
        this.guard = new RevocationGuard(revocations, settings.revocation());
    }

    @Override
    public MechanismName name() {
        return settings.name();
    }

    @Override
    public boolean present(Fetch request) {
        return !shown(request).isEmpty();
    }

    /** Of several teams that one is asked which the assertion names. */
    @Override
    public boolean yields(Fetch request, IdentityMechanism other) {
        return other.fresh() instanceof AddressedMechanism that && yieldsToBetter(request, that);
    }

    @Override
    public int claim(String token) {
        return verifier.claim(token);
    }

    @Override
    public Optional<JwksNumbers> keySet() {
        return verifier.keySet();
    }

    @Override
    public boolean ready() {
        return verifier.keys().ready();
    }

    @Override
    public boolean quick(Fetch request) {
        return credential(request).map(verifier::quick).orElse(true);
    }

    @Override
    public IdentityOutcome verify(Fetch request, Instant now) {
        var shown = shown(request);
        if (shown.isEmpty()) {
            return rejected(Reason.NO_CREDENTIALS);
        }
        if (shown.size() > 1) {
            return rejected(Reason.AMBIGUOUS_CREDENTIALS);
        }
        var outcome = judge(shown.getFirst(), now);
        return outcome instanceof IdentityOutcome.Authenticated held ? settle(held, request) : outcome;
    }

    @Override
    public Optional<String> credential(Fetch request) {
        var shown = shown(request);
        return shown.size() == 1 ? Optional.of(shown.getFirst()) : Optional.empty();
    }

    @Override
    public IdentityOutcome judge(String token, Instant now) {
        return verifier.judge(token, now, verified -> admit(token, verified, now));
    }

    @Override
    public IdentityOutcome settle(IdentityOutcome.Authenticated held, Fetch request) {
        var byCookie =
                HEADER.tokens(request).isEmpty() && !COOKIE.tokens(request).isEmpty();
        return byCookie && !settings.origins().accepts(request) ? rejected(Reason.ORIGIN_DENIED) : guard.pass(held);
    }

    @Override
    public long generation() {
        return verifier.keys().generation();
    }

    @Override
    public Instant rememberableUntil(IdentityOutcome.Authenticated held) {
        return verifier.rememberableUntil(held.principal());
    }

    private IdentityOutcome admit(String token, TokenCheck.Verified verified, Instant now) {
        var claims = verified.claims();
        var service = claims.text("sub").filter(String::isEmpty).isPresent();
        var subject = verified.subject(service ? "common_name" : "sub");
        if (subject.isEmpty()) {
            return rejected(Reason.TOKEN_SUBJECT);
        }
        if (!admitted(claims, subject.get(), service)) {
            return rejected(Reason.POLICY_DENIED);
        }
        var principal = new Principal(
                new PrincipalId(name(), settings.rules().issuer().issuer(), subject.get()),
                service ? Principal.Kind.SERVICE : Principal.Kind.HUMAN,
                Set.of(),
                Set.of(),
                claims,
                TokenName.of(token, claims),
                verified.issuedAt(),
                now,
                verified.validUntil(),
                AuthStrength.BEARER);
        return new IdentityOutcome.Authenticated(principal, Permissions.NONE, List.of());
    }

    private boolean admitted(Claims claims, Subject subject, boolean service) {
        return switch (settings.admitted()) {
            case Admitted.Everybody everybody -> true;
            case Admitted.Listed listed ->
                service
                        ? listed.services().contains(subject.text())
                        : claims.email().filter(listed.people()::contains).isPresent();
        };
    }

    private List<String> shown(Fetch request) {
        var header = HEADER.tokens(request);
        var shown = header.isEmpty() ? COOKIE.tokens(request) : header;
        return shown.isEmpty() && settings.bearer() == AccessSettings.Bearer.TAKEN
                ? BEARER.tokens(request).stream()
                        .filter(AccessMechanism::tokenLike)
                        .toList()
                : shown;
    }

    /** Two dots, and no more; a value without them is an API key. */
    private static boolean tokenLike(String value) {
        return value.chars().filter(c -> c == '.').count() == 2;
    }

    private static IdentityOutcome rejected(Reason reason) {
        return new IdentityOutcome.Rejected(reason);
    }
}
