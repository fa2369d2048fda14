package io.triport.identity.jwt;

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
import io.triport.domain.request.InvalidInput;
import io.triport.identity.jose.KeySource;
import io.triport.identity.jwks.JwksNumbers;
import io.triport.identity.jwks.KeyedMechanism;
import io.triport.identity.revocation.RevocationGuard;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A token of an issuer, shown as it is by whoever holds it (RFC 6750, RFC 7519). Safe for many threads. */
public final class JwtMechanism implements AddressedMechanism, KeyedMechanism {
    private final JwtSettings settings;
    private final TokenVerifier verifier;
    private final RevocationGuard guard;
    private final Function<Principal, Permissions> permissions;
    private final boolean readsCookies;

    /** A mechanism whose principals have scopes and no data of their own, such as a gateway's. */
    public JwtMechanism(JwtSettings settings, KeySource keys, RevocationList revocations) {
        this(settings, keys, revocations, principal -> Permissions.NONE);
    }

    /** @param permissions what data somebody may reach */
    public JwtMechanism(
            JwtSettings settings,
            KeySource keys,
            RevocationList revocations,
            Function<Principal, Permissions> permissions) {
        this.settings = settings;
        this.verifier = new TokenVerifier(settings.rules(), keys);
        this.guard = new RevocationGuard(revocations, settings.revocation());
        this.permissions = permissions;
        this.readsCookies = settings.places().stream().anyMatch(TokenPlace.Cookie.class::isInstance);
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
    public MechanismName name() {
        return settings.name();
    }

    @Override
    public boolean present(Fetch request) {
        return !(shown(request) instanceof ShownToken.None);
    }

    @Override
    public boolean quick(Fetch request) {
        return !(shown(request) instanceof ShownToken.One one) || verifier.quick(one.token());
    }

    @Override
    public boolean yields(Fetch request, IdentityMechanism other) {
        return yieldsToken(request, other);
    }

    @Override
    public int claim(String token) {
        return verifier.claim(token);
    }

    @Override
    public IdentityOutcome verify(Fetch request, Instant now) {
        return switch (shown(request)) {
            case ShownToken.None none -> rejected(Reason.NO_CREDENTIALS);
            case ShownToken.Unusable unusable -> rejected(unusable.reason());
            case ShownToken.One one -> settled(judge(one.token(), now), request);
        };
    }

    private IdentityOutcome settled(IdentityOutcome outcome, Fetch request) {
        return outcome instanceof IdentityOutcome.Authenticated held ? settle(held, request) : outcome;
    }

    @Override
    public Optional<String> credential(Fetch request) {
        return shown(request) instanceof ShownToken.One one ? Optional.of(one.token()) : Optional.empty();
    }

    @Override
    public IdentityOutcome judge(String token, Instant now) {
        return verifier.judge(token, now, verified -> admit(token, verified, now));
    }

    @Override
    public IdentityOutcome settle(IdentityOutcome.Authenticated held, Fetch request) {
        if (readsCookies
                && shown(request) instanceof ShownToken.One one
                && one.place() instanceof TokenPlace.Cookie
                && !settings.origins().accepts(request)) {
            return rejected(Reason.ORIGIN_DENIED);
        }
        if (!settings.binding().holds(held.principal().claims(), request)) {
            return rejected(Reason.TOKEN_BINDING);
        }
        return guard.pass(held);
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
        var subject = verified.subject("sub");
        if (subject.isEmpty()) {
            return rejected(Reason.TOKEN_SUBJECT);
        }
        try {
            var principal = principal(token, subject.get(), verified, now);
            return new IdentityOutcome.Authenticated(principal, permissions.apply(principal), List.of());
        } catch (InvalidInput e) {
            return rejected(Reason.TOKEN_MALFORMED);
        }
    }

    private Principal principal(String token, Subject subject, TokenCheck.Verified verified, Instant now) {
        var claims = verified.claims();
        return new Principal(
                new PrincipalId(name(), settings.rules().issuer().issuer(), subject),
                kind(subject, claims),
                settings.roles().read(claims),
                ScopeClaims.read(claims),
                claims,
                TokenName.of(token, claims),
                verified.issuedAt(),
                now,
                verified.validUntil(),
                AuthStrength.BEARER);
    }

    /** A client that got a token for itself is its subject (RFC 9068 section 2.2). */
    private static Principal.Kind kind(Subject subject, Claims claims) {
        var client = claims.text("client_id").or(() -> claims.text("azp"));
        return client.filter(subject.text()::equals).isPresent() ? Principal.Kind.SERVICE : Principal.Kind.HUMAN;
    }

    private ShownToken shown(Fetch request) {
        return ShownToken.in(request, settings.places());
    }

    private static IdentityOutcome rejected(Reason reason) {
        return new IdentityOutcome.Rejected(reason);
    }
}
