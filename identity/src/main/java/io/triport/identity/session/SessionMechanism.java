package io.triport.identity.session;

import io.triport.domain.identity.AuthStrength;
import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.PrincipalId;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Method;
import io.triport.identity.page.Renewal;
import io.triport.identity.revocation.RevocationGuard;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * The cookie of a session. Browsers send cookies with requests that other sites cause, so a request that may change something
 * must come from an origin of ours, or bring the token that only pages of ours can read. Waits for nothing. Safe for many
 * threads.
 */
public final class SessionMechanism implements IdentityMechanism, Renewal {
    /*
     * Which requests may change something. All but those of the methods that RFC 9110 section 9.2.1 calls safe; and of these,
     * requests to change the protocol, because a WebSocket that is open changes what it likes.
     */
    private static final Set<Method> SAFE = Set.of(Method.GET, Method.HEAD, new Method("OPTIONS"));

    private final SessionCookies cookies;
    private final RevocationGuard guard;
    private final Function<Principal, Permissions> permissions;

    /** A mechanism whose principals have scopes and no data of their own, such as a gateway's. */
    public SessionMechanism(SessionCookies cookies, RevocationList revocations) {
        this(cookies, revocations, principal -> Permissions.NONE);
    }

    /** @param permissions what data somebody may reach */
    public SessionMechanism(
            SessionCookies cookies, RevocationList revocations, Function<Principal, Permissions> permissions) {
        this.cookies = cookies;
        this.guard = new RevocationGuard(revocations, cookies.settings().revocation());
        this.permissions = permissions;
    }

    @Override
    public MechanismName name() {
        return cookies.settings().name();
    }

    @Override
    public boolean present(Fetch request) {
        return !cookies.values(request.headers()).isEmpty();
    }

    @Override
    public boolean quick(Fetch request) {
        return true;
    }

    @Override
    public IdentityOutcome verify(Fetch request, Instant now) {
        var values = cookies.values(request.headers());
        if (values.isEmpty()) {
            return rejected(Reason.NO_CREDENTIALS);
        }
        if (values.size() > 1) {
            return rejected(Reason.AMBIGUOUS_CREDENTIALS);
        }
        return cookies.open(values.getFirst(), now)
                .map(session -> admit(request, session, now))
                .orElseGet(() -> rejected(Reason.SESSION_INVALID));
    }

    /** Looks at the cookie once more only when that is due, which is once a minute for a session at most. */
    @Override
    public List<String> renewed(Fetch request, Principal principal, Instant now) {
        return cookies.renewable(principal.authenticatedAt(), principal.validUntil(), now)
                ? cookies.read(request.headers(), now)
                        .map(session -> cookies.renewed(session, now))
                        .orElse(List.of())
                : List.of();
    }

    private IdentityOutcome admit(Fetch request, Session session, Instant now) {
        if (mayChange(request) && !ownOrigin(request) && !ownToken(request, session)) {
            return rejected(Reason.ORIGIN_DENIED);
        }
        var principal = principal(session, now);
        return guard.pass(new IdentityOutcome.Authenticated(principal, permissions.apply(principal), List.of()));
    }

    private static boolean mayChange(Fetch request) {
        return !SAFE.contains(request.method()) || request.headers().has("upgrade");
    }

    private boolean ownOrigin(Fetch request) {
        var origin = request.headers().only("origin");
        var configured = cookies.settings().origins();
        return origin.isPresent()
                && (configured.isEmpty()
                        ? origin.equals(request.headers()
                                .only("host")
                                .map(host -> cookies.settings().transport().scheme() + host.toLowerCase(Locale.ROOT)))
                        : configured.contains(origin.get()));
    }

    private boolean ownToken(Fetch request, Session session) {
        return request.headers()
                .only(SessionCookies.CSRF_HEADER)
                .filter(token -> cookies.csrfToken(session, token))
                .isPresent();
    }

    private Principal principal(Session session, Instant now) {
        return new Principal(
                new PrincipalId(name(), session.issuer(), session.subject()),
                Principal.Kind.HUMAN,
                session.roles(),
                session.scopes(),
                claims(session),
                new CredentialId(session.sid()),
                session.authenticatedAt(),
                now,
                session.expiresAt(),
                AuthStrength.BEARER);
    }

    /** With the name of the session, by which it can be taken back. */
    private static Claims claims(Session session) {
        var members = new LinkedHashMap<>(session.claims().tree().members());
        members.put("sid", new ClaimValue.Text(session.sid()));
        return Claims.of(members);
    }

    private static IdentityOutcome rejected(Reason reason) {
        return new IdentityOutcome.Rejected(reason);
    }
}
