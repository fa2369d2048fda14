package io.triport.identity.oidc;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.NonceClaim;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Revocation;
import io.triport.domain.identity.RevocationKey;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Method;
import io.triport.domain.request.Sha256;
import io.triport.identity.jose.CompactJws;
import io.triport.identity.jose.HeaderRules;
import io.triport.identity.jwt.AudienceRule;
import io.triport.identity.jwt.IssuerRule;
import io.triport.identity.jwt.Lifetime;
import io.triport.identity.jwt.TokenCheck;
import io.triport.identity.jwt.TokenRules;
import io.triport.identity.jwt.TokenVerifier;
import io.triport.identity.page.PageAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Ends sessions when the provider says so (OpenID Connect Back-Channel Logout 1.0). The handler of one path, to which the
 * provider itself sends POST. Safe for many threads.
 */
public final class BackChannelLogout {
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final Duration RETRY = Provider.PAUSE;

    /** No session of ours lives longer, so that a revocation need not be kept longer. */
    private static final Duration LONGEST_SESSION = Duration.ofDays(31);

    private static final int DIGEST_BYTES = 16;

    private final OidcSettings settings;
    private final Provider provider;
    private final OidcMeans means;
    private final CredentialId owner;

    public BackChannelLogout(OidcSettings settings, Provider provider, OidcMeans means) {
        this.settings = settings;
        this.provider = provider;
        this.means = means;
        this.owner =
                new CredentialId("logout-" + digest(settings.issuer().text()).toHex());
    }

    /** Takes a logout token. Its body must be held in memory. */
    public PageAnswer handle(Fetch request, Instant now) {
        return handle(request.method(), request.body().buffered(), now);
    }

    /** @param body of the request */
    PageAnswer handle(Method method, Bytes body, Instant now) {
        if (!method.equals(Method.POST)) {
            return new PageAnswer.OtherMethod("POST");
        }
        var token = token(body);
        if (token.isEmpty()) {
            return refused(Reason.TOKEN_MALFORMED, 400);
        }
        var known = provider.known();
        if (known.isEmpty()) {
            return new PageAnswer.Unavailable(RETRY);
        }
        return switch (new TokenVerifier(rules(), known.get().keys()).check(token.get(), now)) {
            case TokenCheck.Refused(var reason) -> refused(reason, 400);
            case TokenCheck.Unavailable(var retryAfter) -> new PageAnswer.Unavailable(retryAfter);
            case TokenCheck.Verified verified -> judge(verified, now);
        };
    }

    /** Section 2.6. A nonce is refused, so that no ID token can be sent as one of these. */
    private PageAnswer judge(TokenCheck.Verified verified, Instant now) {
        var claims = verified.claims();
        var id = claims.text("jti").filter(text -> !text.isEmpty());
        if (!aboutLogout(claims)
                || claims.find("nonce").isPresent()
                || claims.find("iat").isEmpty()
                || id.isEmpty()) {
            return refused(Reason.TOKEN_MALFORMED, 400);
        }
        try {
            var revocations = revoked(claims, verified.issuedAt(), now);
            if (revocations.isEmpty()) {
                return refused(Reason.TOKEN_SUBJECT, 400);
            }
            // First, and the same however often: a token that is spent and has revoked nothing could not be sent again.
            revocations.forEach(means.revocations()::revoke);
            return switch (means.nonces()
                    .claim(
                            owner,
                            digest(id.get()),
                            verified.issuedAt(),
                            verified.validUntil().plusSeconds(60))) {
                case NonceClaim.Fresh fresh -> new PageAnswer.Done();
                case NonceClaim.Spent spent -> refused(Reason.REPLAYED, 400);
                case NonceClaim.Undecidable(var retryAfter) -> new PageAnswer.Unavailable(retryAfter);
            };
        } catch (InvalidInput e) {
            return refused(Reason.TOKEN_SUBJECT, 400);
        } catch (IdentityStateUnavailable e) {
            return new PageAnswer.Unavailable(RETRY);
        }
    }

    /** The session if it is named; else all of the person that began before the provider said so. */
    private List<Revocation> revoked(Claims claims, Instant issuedAt, Instant now) {
        var keepUntil = now.plus(LONGEST_SESSION);
        var session = claims.text("sid").map(sid -> new RevocationKey.Session(settings.issuer(), sid));
        if (session.isPresent()) {
            return List.of(Revocation.of(session.get(), keepUntil));
        }
        return claims
                .text("sub")
                .map(Subject::new)
                .map(subject -> new RevocationKey.Holder(settings.issuer(), subject))
                .map(holder -> new Revocation(holder, issuedAt, keepUntil))
                .stream()
                .toList();
    }

    private static boolean aboutLogout(Claims claims) {
        return claims.find("events").orElse(new ClaimValue.Nothing()) instanceof ClaimValue.Members(var events)
                && events.get(EVENT) instanceof ClaimValue.Members;
    }

    private static Optional<String> token(Bytes body) {
        try {
            return Optional.of(FormFields.parse(body.toUtf8()))
                    .filter(fields -> fields.has("logout_token"))
                    .map(fields -> fields.value("logout_token"));
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    private TokenRules rules() {
        return new TokenRules(
                new IssuerRule.Exactly(settings.issuer()),
                new AudienceRule.OneOf(Set.of(settings.clientId())),
                settings.algorithms(),
                new HeaderRules(HeaderRules.Strictness.STRICT, Set.of("logout+jwt")),
                Lifetime.DEFAULT,
                CompactJws.USUAL_LENGTH);
    }

    private static Bytes digest(String text) {
        return Bytes.copyOf(Sha256.of(text)).slice(0, DIGEST_BYTES);
    }

    private static PageAnswer refused(Reason reason, int status) {
        return new PageAnswer.Refused(reason, status, List.of());
    }
}
