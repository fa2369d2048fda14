package io.triport.identity.jwt;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.Reason;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.jose.CompactJws;
import io.triport.identity.jose.HeaderCache;
import io.triport.identity.jose.JoseHeader;
import io.triport.identity.jose.JwsAlgorithm;
import io.triport.identity.jose.JwsKey;
import io.triport.identity.jose.KeySet;
import io.triport.identity.jose.KeySource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Judges tokens of one issuer. Who the claims speak of is for the caller. Safe for many threads. */
public final class TokenVerifier {
    /*
     * Order of checks (identity specification, section 3). Form, algorithm, header, key, signature, claims: cheap before dear,
     * and no claim before the signature, so that who cannot sign learns nothing. The payload is read as JSON before, because
     * what is not a token needs no key; its issuer is looked at before only to choose among mechanisms.
     */
    private static final Set<JwsAlgorithm.Family> QUICK =
            Set.of(JwsAlgorithm.Family.HMAC, JwsAlgorithm.Family.RSA, JwsAlgorithm.Family.RSA_PSS);

    private final TokenRules rules;
    private final KeySource keys;
    private final HeaderCache headers = new HeaderCache();

    public TokenVerifier(TokenRules rules, KeySource keys) {
        this.rules = rules;
        this.keys = keys;
    }

    public TokenRules rules() {
        return rules;
    }

    public KeySource keys() {
        return keys;
    }

    /** Whether {@link #check} would answer without waiting and in less than 100 us; curves take longer. */
    public boolean quick(String token) {
        var header = CompactJws.header(token, rules.longest(), headers);
        var algorithm = header.flatMap(JoseHeader::algorithm).filter(rules.algorithms()::contains);
        return algorithm.isEmpty()
                || (QUICK.contains(algorithm.get().family())
                        && keys.holds(header.flatMap(JoseHeader::kid), algorithm.get()));
    }

    /** Whether a token says itself that it is of this issuer. Believed only to choose who judges it. */
    public boolean addressed(String token) {
        return CompactJws.parse(token, rules.longest(), headers)
                .flatMap(CompactJws::claims)
                .filter(claims -> rules.issuer().accepts(claims.members().get("iss")))
                .isPresent();
    }

    /** May wait until keys are fetched. */
    public TokenCheck check(String token, Instant now) {
        var jws = CompactJws.parse(token, rules.longest(), headers);
        var claims = jws.flatMap(CompactJws::claims);
        var times = claims.flatMap(members -> TokenTimes.read(members.members()));
        if (jws.isEmpty() || claims.isEmpty() || times.isEmpty()) {
            return refused(Reason.TOKEN_MALFORMED);
        }
        var header = jws.get().header();
        var algorithm = header.algorithm().filter(rules.algorithms()::contains);
        if (algorithm.isEmpty()) {
            return refused(Reason.TOKEN_ALGORITHM);
        }
        if (!rules.header().accept(header)) {
            return refused(Reason.TOKEN_HEADER);
        }
        return switch (find(header.kid(), algorithm.get())) {
            case KeySource.Found.Unknown unknown -> refused(Reason.TOKEN_KEY_UNKNOWN);
            case KeySource.Found.Unavailable away -> new TokenCheck.Unavailable(away.retryAfter());
            case KeySource.Found.Keys found ->
                signed(jws.get(), algorithm.get(), found.keys())
                        ? judge(claims.get(), times.get(), now)
                        : refused(Reason.TOKEN_SIGNATURE);
        };
    }

    private KeySource.Found find(Optional<String> kid, JwsAlgorithm algorithm) {
        return kid.isPresent() && !KeySet.plausible(kid.get())
                ? new KeySource.Found.Unknown()
                : keys.find(kid, algorithm);
    }

    private static boolean signed(CompactJws jws, JwsAlgorithm algorithm, List<JwsKey> candidates) {
        for (var key : candidates) {
            if (key.signed(jws, algorithm)) {
                return true;
            }
        }
        return false;
    }

    private TokenCheck judge(ClaimValue.Members claims, TokenTimes times, Instant now) {
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
