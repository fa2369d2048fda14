package io.triport.identity.jwt;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.Reason;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.jose.CompactJws;
import io.triport.identity.jose.HeaderCache;
import io.triport.identity.jose.JwsVerifier;
import io.triport.identity.jose.KeySource;
import io.triport.identity.jwks.JwksNumbers;
import io.triport.identity.jwks.PublishedKeys;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Judges tokens of one issuer. Who the claims speak of is for the caller. Safe for many threads. */
public final class TokenVerifier {
    /*
     * Order of checks (identity specification, section 3). Form, algorithm, header, key, signature, claims: cheap before dear,
     * and no claim before the signature, so that who cannot sign learns nothing. The payload is read as JSON before, because
     * what is not a token needs no key; its issuer is looked at before only to choose among mechanisms.
     */
    private final TokenRules rules;
    private final JwsVerifier signatures;
    private final HeaderCache headers = new HeaderCache();

    public TokenVerifier(TokenRules rules, KeySource keys) {
        this.rules = rules;
        this.signatures = new JwsVerifier(rules.algorithms(), rules.header(), keys);
    }

    public TokenRules rules() {
        return rules;
    }

    public KeySource keys() {
        return signatures.keys();
    }

    /** What the source of its keys has done and holds; empty where it fetches none. */
    public Optional<JwksNumbers> keySet() {
        return keys() instanceof PublishedKeys published ? Optional.of(published.numbers()) : Optional.empty();
    }

    /** Until when a token that holds may be remembered: its own end, without the skew of clocks. */
    public Instant rememberableUntil(Principal principal) {
        return principal.validUntil().minus(rules.lifetime().skew());
    }

    /** Whether {@link #check} would answer without waiting and in less than 100 us; curves take longer. */
    public boolean quick(String token) {
        return CompactJws.header(token, rules.longest(), headers)
                .map(signatures::quick)
                .orElse(true);
    }

    /**
     * How much a token says itself that it is for this issuer: 2 when it names it, 1 when any issuer will do, else 0. Believed
     * only to choose who judges it.
     */
    public int claim(String token) {
        return switch (rules.issuer()) {
            case IssuerRule.Unnamed unnamed -> 1;
            case IssuerRule.Exactly exactly -> names(token, exactly) ? 2 : 0;
        };
    }

    /** Whether a token says itself that it is of this issuer. Believed only to choose who judges it. */
    public boolean addressed(String token) {
        return claim(token) > 0;
    }

    private boolean names(String token, IssuerRule.Exactly issuer) {
        return CompactJws.parse(token, rules.longest(), headers)
                .flatMap(CompactJws::claims)
                .filter(claims -> issuer.accepts(claims.members().get("iss")))
                .isPresent();
    }

    /** The outcome for a token. May wait until keys are fetched. @param admission makes it for one that holds */
    public IdentityOutcome judge(String token, Instant now, Function<TokenCheck.Verified, IdentityOutcome> admission) {
        return switch (check(token, now)) {
            case TokenCheck.Refused refused -> new IdentityOutcome.Rejected(refused.reason());
            case TokenCheck.Unavailable away -> new IdentityOutcome.Unavailable(away.retryAfter());
            case TokenCheck.Verified verified -> admission.apply(verified);
        };
    }

    /** May wait until keys are fetched. */
    public TokenCheck check(String token, Instant now) {
        var jws = CompactJws.parse(token, rules.longest(), headers);
        var claims = jws.flatMap(CompactJws::claims);
        var times = claims.flatMap(members -> TokenTimes.read(members.members()));
        if (jws.isEmpty() || claims.isEmpty() || times.isEmpty()) {
            return refused(Reason.TOKEN_MALFORMED);
        }
        return switch (signatures.check(jws.get())) {
            case JwsVerifier.Check.Signed signed -> judge(claims.get(), times.get(), now);
            case JwsVerifier.Check.Refused refused -> refused(refused.reason());
            case JwsVerifier.Check.Unavailable away -> new TokenCheck.Unavailable(away.retryAfter());
        };
    }

    private TokenCheck judge(ClaimValue.Members claims, TokenTimes times, Instant now) {
        if (!KnownClaims.wellTyped(claims.members())) {
            return refused(Reason.TOKEN_MALFORMED);
        }
        if (!rules.issuer().accepts(claims.members().get("iss"))) {
            return refused(Reason.TOKEN_ISSUER);
        }
        if (!rules.audience().accepts(claims.members().get("aud"))) {
            return refused(Reason.TOKEN_AUDIENCE);
        }
        var broken = times.broken(rules.lifetime(), now);
        if (broken != null) {
            return refused(broken);
        }
        try {
            var issued = times.issued() == null ? Instant.EPOCH : times.issued();
            return new TokenCheck.Verified(new Claims(claims), issued, times.end(rules.lifetime()));
        } catch (InvalidInput e) {
            return refused(Reason.TOKEN_MALFORMED);
        }
    }

    private static TokenCheck refused(Reason reason) {
        return new TokenCheck.Refused(reason);
    }
}
