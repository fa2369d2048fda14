package io.triport.identity.session;

import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.request.Headers;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Begins, renews and ends sessions for an app that has its own pages for that. Safe for many threads. */
public final class SessionDesk {
    private final SessionCookies cookies;
    private final RevocationList revocations;
    private final Clock clock;

    public SessionDesk(SessionCookies cookies, RevocationList revocations, Clock clock) {
        this.cookies = cookies;
        this.revocations = revocations;
        this.clock = clock;
    }

    /** Values of {@code Set-Cookie} for somebody who has just proved to be himself. */
    public List<String> begin(Login login) {
        return cookies.cookies(cookies.begin(login, clock.instant()));
    }

    /** Values of {@code Set-Cookie} for the answer to a request, none as a rule. */
    public List<String> renewed(Headers headers) {
        var now = clock.instant();
        return cookies.read(headers, now)
                .map(session -> cookies.renewed(session, now))
                .orElse(List.of());
    }

    /**
     * Ends all sessions that say with their claim {@code jti} by which credential they were begun.
     *
     * @throws io.triport.domain.identity.IdentityStateUnavailable when nobody knows whether they have ended
     */
    public void endAll(Issuer issuer, String jti) {
        revocations.revoke(cookies.revocationOfAll(issuer, jti, clock.instant()));
    }

    /**
     * Ends the session of a request, if it has one, wherever its cookie was copied to.
     *
     * @param more names of cookies that go too
     * @return values of {@code Set-Cookie}
     * @throws io.triport.domain.identity.IdentityStateUnavailable when nobody knows whether it has ended
     */
    public List<String> end(Headers headers, Set<String> more) {
        cookies.read(headers, clock.instant()).ifPresent(session -> revocations.revoke(cookies.revocation(session)));
        return Stream.concat(
                        cookies.removed().stream(),
                        more.stream().map(name -> name + "=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly"))
                .toList();
    }
}
