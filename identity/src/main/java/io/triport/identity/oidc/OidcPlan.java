package io.triport.identity.oidc;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.MechanismName;
import io.triport.identity.IdentityState;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.config.Section;
import io.triport.identity.federation.HttpDocuments;
import io.triport.identity.jwks.PublishedKeys;
import io.triport.identity.session.SessionCookies;
import io.triport.identity.session.SessionMechanism;
import io.triport.identity.session.SessionSettings;
import java.util.HashSet;
import java.util.Set;

/** A login as it was set. Two plans are equal when their settings are. @param sessions in which logins end */
public record OidcPlan(OidcSettings login, SessionSettings sessions, OidcPaths paths) implements PlannedMechanism {
    /** The value of {@code type:} in a configuration. */
    public static final String TYPE = "oidc-login";

    /**
     * Reads one named mechanism.
     *
     * @throws io.triport.identity.config.ConfigError for settings that cannot be used
     */
    public static OidcPlan read(Section section) {
        var login = OidcSettings.read(section);
        var transport = login.overTls() ? SessionSettings.Transport.TLS : SessionSettings.Transport.PLAIN;
        var callback = login.redirectUri().getRawPath();
        return new OidcPlan(login, SessionSettings.read(section, transport), OidcPaths.read(section, callback));
    }

    public MechanismName name() {
        return sessions.name();
    }

    /** The names of the cookies that browsers keep of it. */
    public Set<String> cookies() {
        var cookies = new HashSet<>(sessions.transport().cookies());
        cookies.add(LoginCookie.name(login));
        return Set.copyOf(cookies);
    }

    @Override
    public IdentityMechanism over(IdentityState state) {
        var cookies = new SessionCookies(sessions, state.randomness());
        var means = means(cookies, state);
        var provider = provider(login, state);
        return new OidcMechanism(
                new OidcLogin(login, provider, means),
                new BackChannelLogout(login, provider, means),
                new SessionMechanism(cookies, state.revocations()),
                this);
    }

    static OidcMeans means(SessionCookies cookies, IdentityState state) {
        var background = state.keys().background();
        return new OidcMeans(
                cookies, state.revocations(), state.nonces(), state.ticker(), state.randomness(), background);
    }

    /** One that is asked for its keys at once, so that the first who wants to log in need not wait for it. */
    static Provider provider(OidcSettings login, IdentityState state) {
        var provider = new Provider(
                login,
                new HttpDocuments(),
                new HttpTokenEndpoint(),
                place -> PublishedKeys.fetched(place, state.keys()),
                state.ticker());
        state.keys().background().execute(provider::known);
        return provider;
    }
}
