package io.triport.identity.launch;

import io.triport.identity.IdentityState;
import io.triport.identity.apikey.ApiKeyService;
import io.triport.identity.apikey.ApiKeySettings;
import io.triport.identity.oidc.LoginDesk;
import io.triport.identity.oidc.OidcSettings;
import io.triport.identity.session.SessionCookies;
import io.triport.identity.session.SessionDesk;
import io.triport.identity.session.SessionSettings;

/** What gives credentials out and takes them back, for an app, over identity's own state, which no app ever sees. */
public final class Desks {
    private final IdentityState state;

    Desks(IdentityState state) {
        this.state = state;
    }

    public SessionDesk sessions(SessionSettings settings) {
        return new SessionDesk(new SessionCookies(settings, state.randomness()), state.revocations(), state.clock());
    }

    /** @param sessions in which logins end */
    public LoginDesk logins(OidcSettings settings, SessionSettings sessions) {
        return LoginDesk.over(settings, sessions, state);
    }

    /** A key that it makes or ends counts at once in the mechanisms of this process that have the same set of keys. */
    public ApiKeyService apiKeys(ApiKeySettings settings) {
        return ApiKeyService.over(settings, state);
    }
}
