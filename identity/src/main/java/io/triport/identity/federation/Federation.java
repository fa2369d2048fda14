package io.triport.identity.federation;

import io.triport.domain.identity.AuthStrength;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.PrincipalId;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.jose.CompactJws;
import io.triport.identity.jose.KeySource;
import io.triport.identity.jwt.TokenCheck;
import io.triport.identity.jwt.TokenName;
import io.triport.identity.jwt.TokenVerifier;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Judges the tokens of trusted issuers. Safe for many threads. */
public final class Federation {
    /*
     * An issuer may be listed several times, with other subjects for other roles. The entries are tried in their order, and the
     * first one whose rules and subject fit decides; when none does, the reason is that of the entry that came furthest.
     */
    private final MechanismName name;
    private final List<Entry> entries;

    private record Entry(TrustedIssuer trusted, TokenVerifier verifier) {}

    /** @param keys of an issuer; asked once for each */
    public Federation(MechanismName name, List<TrustedIssuer> issuers, Function<Issuer, KeySource> keys) {
        if (issuers.isEmpty()) {
            throw new IllegalArgumentException("issuers: none (expected: 1 or more)");
        }
        this.name = name;
        var sources = new HashMap<Issuer, KeySource>();
        this.entries = issuers.stream()
                .map(trusted -> new Entry(
                        trusted, new TokenVerifier(trusted.rules(), sources.computeIfAbsent(trusted.issuer(), keys))))
                .toList();
    }

    public MechanismName name() {
        return name;
    }

    /** Whether there are keys of every issuer. */
    public boolean ready() {
        return entries.stream().allMatch(entry -> entry.verifier().keys().ready());
    }

    /** Changes whenever a key may have gone. */
    long generation() {
        return entries.stream()
                .mapToLong(entry -> entry.verifier().keys().generation())
                .sum();
    }

    /** Whether a token says itself that it is of one of the issuers. */
    boolean addressed(String token) {
        return entries.stream().anyMatch(entry -> entry.verifier().addressed(token));
    }

    /** Judges a token. May wait until keys are fetched. */
    public IdentityOutcome judge(String token, Instant now) {
        var addressed = entries.stream()
                .filter(entry -> entry.verifier().addressed(token))
                .toList();
        if (addressed.isEmpty()) {
            return rejected(well(token) ? Reason.TOKEN_ISSUER : Reason.TOKEN_MALFORMED);
        }
        var furthest = Reason.TOKEN_ISSUER;
        for (var entry : addressed) {
            switch (entry.verifier().check(token, now)) {
                case TokenCheck.Unavailable(var retryAfter) -> {
                    return new IdentityOutcome.Unavailable(retryAfter);
                }
                case TokenCheck.Refused(var reason) -> furthest = furthest == Reason.TOKEN_SUBJECT ? furthest : reason;
                case TokenCheck.Verified verified -> {
                    var admitted = admit(entry.trusted(), token, verified, now);
                    if (admitted.isPresent()) {
                        return admitted.get();
                    }
                    furthest = Reason.TOKEN_SUBJECT;
                }
            }
        }
        return rejected(furthest);
    }

    private Optional<IdentityOutcome> admit(
            TrustedIssuer trusted, String token, TokenCheck.Verified verified, Instant now) {
        return subject(verified.claims())
                .filter(subject -> trusted.subject().matches(subject.text()))
                .map(subject -> new Principal(
                        new PrincipalId(name, trusted.issuer(), subject),
                        Principal.Kind.SERVICE,
                        Set.of(trusted.role()),
                        trusted.scopes(),
                        verified.claims(),
                        TokenName.of(token, verified.claims()),
                        verified.issuedAt(),
                        now,
                        verified.validUntil(),
                        AuthStrength.BEARER))
                .map(principal -> new IdentityOutcome.Authenticated(principal, Permissions.NONE, List.of()));
    }

    private static Optional<Subject> subject(Claims claims) {
        try {
            return claims.text("sub").map(Subject::new);
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    private static boolean well(String token) {
        return CompactJws.parse(token, CompactJws.USUAL_LENGTH)
                .flatMap(CompactJws::claims)
                .isPresent();
    }

    private static IdentityOutcome rejected(Reason reason) {
        return new IdentityOutcome.Rejected(reason);
    }
}
