package io.triport.identity.oidc;

import io.triport.domain.identity.Principal;
import io.triport.domain.identity.Reason;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.ContentReader;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.IdentityState;
import io.triport.identity.page.OwnPages;
import io.triport.identity.page.PageAnswer;
import io.triport.identity.session.SessionCookies;
import io.triport.identity.session.SessionSettings;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.util.List;

/**
 * Logs people in at a provider, for an app that answers the paths itself and judges the sessions by a mechanism of its own. Safe for
 * many threads.
 */
public final class LoginDesk {
    private final OidcSettings settings;
    private final OidcLogin login;
    private final BackChannelLogout backChannel;
    private final Clock clock;

    private LoginDesk(OidcSettings settings, OidcLogin login, BackChannelLogout backChannel, Clock clock) {
        this.settings = settings;
        this.login = login;
        this.backChannel = backChannel;
        this.clock = clock;
    }

    /** @param sessions in which logins end */
    public static LoginDesk over(OidcSettings settings, SessionSettings sessions, IdentityState state) {
        var cookies = new SessionCookies(sessions, state.randomness());
        var provider = OidcPlan.provider(settings, state);
        var means = OidcPlan.means(cookies, state);
        return new LoginDesk(
                settings,
                new OidcLogin(settings, provider, means),
                new BackChannelLogout(settings, provider, means),
                state.clock());
    }

    /** Sends the browser to the provider. GET; {@code ?return=} is a path on this site to go to afterwards. */
    public PageAnswer begin(Fetch request) {
        return login.login(request, clock.instant());
    }

    /** Takes the provider's answer, at the redirect URI. Waits for the provider, for some seconds at most. */
    public PageAnswer callback(Fetch request) {
        return login.callback(request, clock.instant());
    }

    /**
     * Takes the provider's word that a session of somebody has ended there, or all of them, and ends them here. POST by the provider
     * itself. Waits for the body, and for the provider's keys for some seconds at most.
     */
    public PageAnswer ended(Fetch request) {
        try (var body = new ContentReader(request.body().limitedTo(OwnPages.LONGEST_BODY))) {
            return backChannel.handle(request.method(), whole(body), clock.instant());
        } catch (InvalidInput e) {
            return new PageAnswer.Refused(Reason.TOKEN_MALFORMED, 400, List.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new PageAnswer.Unavailable(Provider.PAUSE);
        }
    }

    private static Bytes whole(ContentReader body) throws InterruptedException {
        var collected = new ByteArrayOutputStream();
        for (var piece = body.next(); piece != null; piece = body.next()) {
            while (piece.hasRemaining()) {
                collected.write(piece.get());
            }
        }
        return Bytes.copyOf(collected.toByteArray());
    }

    /**
     * Tells that somebody was admitted. Where his session began at the provider, it is asked in the background, every 5 minutes at
     * most, whether that still stands.
     */
    public void used(Principal principal) {
        if (principal.issuer().equals(settings.issuer())) {
            login.used(principal, clock.instant());
        }
    }

    /** Where the provider logs somebody out whose session has ended here; empty where it has no such place. */
    public String farewell() {
        return login.farewell();
    }
}
