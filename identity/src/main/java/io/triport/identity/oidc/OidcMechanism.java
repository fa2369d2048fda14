package io.triport.identity.oidc;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Refusal;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Method;
import io.triport.identity.page.Invitation;
import io.triport.identity.page.OwnPages;
import io.triport.identity.page.PageAnswer;
import io.triport.identity.page.Renewal;
import io.triport.identity.session.SessionMechanism;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** People who log in at a provider: the session is the credential, and who has none is sent there. Safe for many threads. */
public final class OidcMechanism implements IdentityMechanism, OwnPages, Invitation, Renewal {
    private static final Set<Reason> ENDED =
            Set.of(Reason.SESSION_INVALID, Reason.CREDENTIAL_REVOKED, Reason.CREDENTIAL_EXPIRED);

    private final OidcLogin login;
    private final BackChannelLogout backChannel;
    private final SessionMechanism sessions;
    private final OidcPlan plan;

    OidcMechanism(OidcLogin login, BackChannelLogout backChannel, SessionMechanism sessions, OidcPlan plan) {
        this.login = login;
        this.backChannel = backChannel;
        this.sessions = sessions;
        this.plan = plan;
    }

    @Override
    public MechanismName name() {
        return plan.name();
    }

    @Override
    public boolean present(Fetch request) {
        return sessions.present(request);
    }

    @Override
    public boolean quick(Fetch request) {
        return sessions.quick(request);
    }

    /** A session that began elsewhere is none of ours, also where its cookie is sealed with the same keys. */
    @Override
    public IdentityOutcome verify(Fetch request, Instant now) {
        var outcome = sessions.verify(request, now);
        if (outcome instanceof IdentityOutcome.Authenticated admitted) {
            if (!admitted.principal().issuer().equals(plan.login().issuer())) {
                return new IdentityOutcome.Rejected(Reason.SESSION_INVALID);
            }
            login.used(admitted.principal(), now);
        }
        return outcome;
    }

    @Override
    public List<String> renewed(Fetch request, Principal principal, Instant now) {
        return sessions.renewed(request, principal, now);
    }

    /** Who shows nothing, or a session that does not stand any more. Another login would not help anybody else. */
    @Override
    public boolean invites(Fetch request, Refusal refusal) {
        var ended = refusal.mechanism().equals(name()) && ENDED.contains(refusal.reason());
        var nobody = refusal.reason() == Reason.NO_CREDENTIALS && !present(request);
        return (ended || nobody) && navigates(request);
    }

    /** Whether a browser is about to show what it gets, on the site where logins come back. */
    private boolean navigates(Fetch request) {
        var headers = request.headers();
        return request.method().equals(Method.GET)
                && !headers.has("upgrade")
                && headers.all("accept").stream()
                        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("text/html"))
                && headers.all("sec-fetch-mode").stream().allMatch("navigate"::equals)
                && headers.only("host")
                        .filter(plan.login().redirectUri().getRawAuthority()::equalsIgnoreCase)
                        .isPresent();
    }

    @Override
    public PageAnswer invite(Fetch request, Instant now) {
        return login.invite(request, now);
    }

    @Override
    public Set<String> paths() {
        return plan.paths().all();
    }

    @Override
    public Optional<MechanismName> verifier() {
        return Optional.of(name());
    }

    @Override
    public PageAnswer answer(Fetch request, Instant now) {
        var path = request.target().path();
        if (path.equals(plan.paths().callback())) {
            return login.callback(request, now);
        }
        if (path.equals(plan.paths().logout())) {
            return login.logout(request, now);
        }
        return path.equals(plan.paths().login()) ? login.login(request, now) : backChannel.handle(request, now);
    }
}
