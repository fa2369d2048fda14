package io.triport.identity.urltoken;

import io.triport.domain.identity.AuthStrength;
import io.triport.domain.identity.Claims;
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
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Method;
import io.triport.domain.request.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A token in the query of a link: the parameter {@code t}, beside the one that names the subject. Safe for many threads.
 *
 * <p>Programs that read mail open every link in it. So a link for GET opens nothing that changes anything: its principal has no
 * scopes, and the link is not spent by it. The page that it shows posts a form to a link for POST.
 */
public final class UrlTokenMechanism implements IdentityMechanism {
    private static final Issuer ISSUER = new Issuer("url-token");
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int ID_BYTES = 8;

    /** A ledger may judge by a clock that is late. */
    private static final Duration CLOCKS = Duration.ofSeconds(60);

    private final UrlTokens tokens;
    private final NonceLedger spent;

    public UrlTokenMechanism(UrlTokens tokens, NonceLedger spent) {
        this.tokens = tokens;
        this.spent = spent;
    }

    @Override
    public MechanismName name() {
        return tokens.settings().name();
    }

    @Override
    public boolean present(Fetch request) {
        return !new LinkQuery(request.target()).all(UrlTokens.PARAMETER).isEmpty();
    }

    @Override
    public boolean quick(Fetch request) {
        return tokens.settings().use() == UrlTokenSettings.Use.MANY || looksOnly(request);
    }

    @Override
    public IdentityOutcome verify(Fetch request, Instant now) {
        var query = new LinkQuery(request.target());
        var shown = query.all(UrlTokens.PARAMETER);
        var subjects = query.all(tokens.settings().subjectParameter());
        if (shown.size() > 1 || subjects.size() > 1) {
            return rejected(Reason.AMBIGUOUS_CREDENTIALS);
        }
        if (shown.isEmpty()) {
            return rejected(Reason.NO_CREDENTIALS);
        }
        var subject = subjects.stream().findFirst().flatMap(UrlTokenMechanism::subject);
        var verified = subject.flatMap(of -> tokens.verify(
                shown.getFirst(), signedMethod(request), request.target().path(), of));
        return subject.isPresent() && verified.isPresent()
                ? admit(request, subject.get(), verified.get(), now)
                : rejected(Reason.TOKEN_SIGNATURE);
    }

    private IdentityOutcome admit(Fetch request, Subject subject, UrlTokens.Verified token, Instant now) {
        if (!now.isBefore(token.expiresAt())) {
            return rejected(Reason.TOKEN_EXPIRED);
        }
        if (looksOnly(request)) {
            return authenticated(subject, token, Set.of(), now);
        }
        return switch (spend(token, now)) {
            case NonceClaim.Fresh fresh ->
                authenticated(subject, token, tokens.settings().scopes(), now);
            case NonceClaim.Spent again -> rejected(Reason.REPLAYED);
            case NonceClaim.Undecidable undecidable -> new IdentityOutcome.Unavailable(undecidable.retryAfter());
        };
    }

    private NonceClaim spend(UrlTokens.Verified token, Instant now) {
        if (tokens.settings().use() == UrlTokenSettings.Use.MANY) {
            return new NonceClaim.Fresh();
        }
        try {
            var madeAt = token.expiresAt().minus(tokens.settings().life());
            var claimed = madeAt.isAfter(now) ? now : madeAt;
            return spent.claim(
                    new CredentialId("url-token/" + tokens.settings().purpose()),
                    Sha256.of(token.mac()),
                    claimed,
                    token.expiresAt().plus(CLOCKS));
        } catch (IdentityStateUnavailable e) {
            return new NonceClaim.Undecidable(RETRY);
        }
    }

    private IdentityOutcome authenticated(Subject subject, UrlTokens.Verified token, Set<Scope> scopes, Instant now) {
        var credential = tokens.settings().purpose() + "/"
                + Sha256.of(token.mac()).slice(0, ID_BYTES).toHex();
        var principal = new Principal(
                new PrincipalId(name(), ISSUER, subject),
                Principal.Kind.HUMAN,
                Set.of(),
                scopes,
                Claims.NONE,
                new CredentialId(credential),
                token.expiresAt().minus(tokens.settings().life()),
                now,
                token.expiresAt(),
                AuthStrength.BEARER);
        return new IdentityOutcome.Authenticated(principal, Permissions.NONE, List.of());
    }

    private static boolean looksOnly(Fetch request) {
        return signedMethod(request).equals(Method.GET);
    }

    /** HEAD asks for what GET would answer, with the same link (RFC 9110 section 9.3.2). */
    private static Method signedMethod(Fetch request) {
        return request.method().equals(Method.HEAD) ? Method.GET : request.method();
    }

    private static Optional<Subject> subject(String encoded) {
        try {
            return LinkQuery.decode(encoded).map(Subject::new);
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    private static IdentityOutcome rejected(Reason reason) {
        return new IdentityOutcome.Rejected(reason);
    }
}
