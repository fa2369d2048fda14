package io.triport.identity.oidc;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Role;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Method;
import io.triport.identity.keyring.Base64Url;
import io.triport.identity.page.PageAnswer;
import io.triport.identity.session.Login;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Login with the authorization code flow (OpenID Connect Core 1.0 section 3.1) and PKCE, which ends in a session of ours; and
 * logout. Each method is the handler of one path. Safe for many threads.
 */
public final class OidcLogin {
    /*
     * What binds an answer to the browser that asked. The cookie of 10 minutes holds state, nonce and verifier, sealed. Without
     * it an answer is refused, so nobody can log somebody else in under their own name; with it the state must be the one that
     * was sent, the code can be redeemed with the verifier only, and the ID token must name the nonce.
     */
    private static final Logger LOG = LoggerFactory.getLogger(OidcLogin.class);
    private static final Duration RETRY = Provider.PAUSE;
    private static final Duration REFRESH = Duration.ofMinutes(5);
    private static final int LONGEST_CODE = 2048;
    private static final int SID_BYTES = 16;
    private static final String HOME = "/";
    private static final Set<String> SHOWN = Set.of("email", "email_verified", "name");

    private final OidcSettings settings;
    private final Provider provider;
    private final OidcMeans means;
    private final LoginCookie cookie;
    private final RefreshTokens refreshTokens;

    public OidcLogin(OidcSettings settings, Provider provider, OidcMeans means) {
        this.settings = settings;
        this.provider = provider;
        this.means = means;
        this.cookie = new LoginCookie(settings, means.randomness());
        this.refreshTokens = new RefreshTokens(means.ticker(), REFRESH);
    }

    /** Begins a login. GET; {@code ?return=} is a path on this site to go to afterwards. */
    public PageAnswer login(Fetch request, Instant now) {
        return request.method().equals(Method.GET)
                ? begin(returnPath(request), now)
                : new PageAnswer.OtherMethod("GET");
    }

    /** Begins a login that ends where the request wanted to go. Waits for the provider when it is not known yet. */
    public PageAnswer invite(Fetch request, Instant now) {
        var wanted = request.target().toString();
        return begin(LoginAttempt.onThisSite(wanted) ? wanted : HOME, now);
    }

    private PageAnswer begin(String returnPath, Instant now) {
        var known = provider.known();
        if (known.isEmpty()) {
            return new PageAnswer.Unavailable(RETRY);
        }
        var attempt = LoginAttempt.begin(returnPath, now.plusSeconds(LoginCookie.LIFE_SECONDS), means.randomness());
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("response_type", "code");
        parameters.put("client_id", settings.clientId());
        parameters.put("redirect_uri", settings.redirectUri().toString());
        parameters.put("scope", String.join(" ", settings.scopes()));
        parameters.put("state", attempt.state());
        parameters.put("nonce", attempt.nonce());
        parameters.put("code_challenge", attempt.challenge());
        parameters.put("code_challenge_method", "S256");
        return new PageAnswer.Redirect(
                with(known.get().metadata().authorization().toString(), parameters), List.of(cookie.of(attempt)));
    }

    /** Takes the provider's answer. GET, at the redirect URI. Waits for the provider, for some seconds at most. */
    public PageAnswer callback(Fetch request, Instant now) {
        var attempt = cookie.read(request, now);
        if (!request.method().equals(Method.GET) || attempt.isEmpty()) {
            return refusedLogin(Reason.LOGIN_INVALID);
        }
        var known = provider.known();
        // A code can be redeemed once, so not before what it gives could be judged.
        if (known.isEmpty() || !known.get().keys().ready()) {
            return new PageAnswer.Unavailable(RETRY);
        }
        var answer = answer(request, attempt.get(), known.get().metadata());
        if (answer.isEmpty()) {
            return refusedLogin(Reason.LOGIN_INVALID);
        }
        return switch (provider.redeem(known.get(), answer.get(), attempt.get())) {
            case TokenReply.Refused refused -> refusedLogin(Reason.LOGIN_INVALID);
            case TokenReply.Away away -> new PageAnswer.Unavailable(RETRY);
            case TokenReply.Tokens tokens ->
                switch (new IdToken(settings, known.get().keys()).ofLogin(tokens, attempt.get(), now)) {
                    case IdToken.Check.Bad(var reason) -> refusedLogin(reason);
                    case IdToken.Check.Away(var retryAfter) -> new PageAnswer.Unavailable(retryAfter);
                    case IdToken.Check.Good good -> begin(good, tokens, attempt.get(), now);
                };
        };
    }

    /**
     * Ends the session here, everywhere, and at the provider. POST from a page of this site, because another site could have the
     * browser send it too.
     */
    public PageAnswer logout(Fetch request, Instant now) {
        if (!request.method().equals(Method.POST)) {
            return new PageAnswer.OtherMethod("POST");
        }
        if (request.headers().only("origin").filter(settings.origin()::equals).isEmpty()) {
            return new PageAnswer.Refused(Reason.ORIGIN_DENIED, 403, List.of());
        }
        var session = means.sessions().read(request.headers(), now);
        if (session.isPresent()) {
            try {
                means.revocations().revoke(means.sessions().revocation(session.get()));
            } catch (IdentityStateUnavailable e) {
                return new PageAnswer.Unavailable(RETRY);
            }
            refreshTokens.forget(session.get().sid());
        }
        return new PageAnswer.Redirect(afterLogout(), means.sessions().removed());
    }

    /**
     * Tells that a session was used. Asks the provider in the background, every 5 minutes at most, whether it still stands, if the
     * provider gave a refresh token; when it does not, the session is revoked. Does not wait.
     *
     * @param principal whom the session is of
     */
    public void used(Principal principal, Instant now) {
        refreshTokens
                .take(principal.credential().text())
                .ifPresent(due -> means.executor().execute(() -> refresh(principal, due, now)));
    }

    private void refresh(Principal principal, RefreshTokens.Due due, Instant now) {
        var known = provider.known();
        if (known.isEmpty()) {
            return;
        }
        switch (provider.refresh(known.get(), due.token())) {
            case TokenReply.Away away -> {}
            case TokenReply.Refused refused -> end(principal, due);
            case TokenReply.Tokens tokens -> {
                if (ofAnother(known.get(), tokens, principal, now)) {
                    end(principal, due);
                } else if (!tokens.refreshToken().isEmpty()) {
                    refreshTokens.keep(due.sid(), due.subject(), tokens.refreshToken());
                }
            }
        }
    }

    /** A refresh need not bring an ID token; one that comes must be of the same person (section 12.2). */
    private boolean ofAnother(Provider.Known known, TokenReply.Tokens tokens, Principal principal, Instant now) {
        if (tokens.idToken().isEmpty()) {
            return false;
        }
        return switch (new IdToken(settings, known.keys()).ofRefresh(tokens, now)) {
            case IdToken.Check.Good(var subject, var claims) -> !subject.equals(principal.subject());
            case IdToken.Check.Bad bad -> true;
            case IdToken.Check.Away away -> false;
        };
    }

    /** The token goes last: what could not be revoked is asked about again. */
    private void end(Principal principal, RefreshTokens.Due due) {
        try {
            means.revocations()
                    .revoke(means.sessions().revocation(principal.issuer(), due.sid(), principal.authenticatedAt()));
            refreshTokens.forget(due.sid());
        } catch (IdentityStateUnavailable e) {
            LOG.warn("a session that its provider has ended could not be revoked yet");
        }
    }

    private PageAnswer begin(IdToken.Check.Good good, TokenReply.Tokens tokens, LoginAttempt attempt, Instant now) {
        try {
            var login =
                    new Login(settings.issuer(), good.subject(), roles(good.claims()), Set.of(), shown(good.claims()));
            var session = means.sessions().begin(login, sid(good.claims()), now);
            var cookies = new ArrayList<>(means.sessions().cookies(session));
            cookies.add(cookie.removed());
            if (!tokens.refreshToken().isEmpty()) {
                refreshTokens.keep(session.sid(), session.subject().text(), tokens.refreshToken());
            }
            return new PageAnswer.Redirect(attempt.returnPath(), cookies);
        } catch (InvalidInput e) {
            return refusedLogin(Reason.TOKEN_MALFORMED);
        }
    }

    /** The code, when the answer is one to this attempt and from this provider (RFC 9207 section 2.4). */
    private Optional<String> answer(Fetch request, LoginAttempt attempt, ProviderMetadata metadata) {
        try {
            var fields = FormFields.parse(query(request));
            var named = fields.has("iss")
                    ? fields.value("iss").equals(settings.issuer().text())
                    : !metadata.namesItself();
            var code = fields.value("code");
            return attempt.answeredBy(fields.value("state"))
                            && named
                            && !fields.has("error")
                            && !code.isEmpty()
                            && code.length() <= LONGEST_CODE
                    ? Optional.of(code)
                    : Optional.empty();
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    private String returnPath(Fetch request) {
        try {
            var path = FormFields.parse(query(request)).value("return");
            return LoginAttempt.onThisSite(path) ? path : HOME;
        } catch (InvalidInput e) {
            return HOME;
        }
    }

    private String afterLogout() {
        var place = farewell();
        return place.isEmpty() ? HOME : place;
    }

    /** Where the provider ends its own session, and comes back from; empty where it has no such place. */
    String farewell() {
        var places = provider.known().map(known -> known.metadata().logout()).orElse(List.of());
        if (places.isEmpty()) {
            return "";
        }
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("client_id", settings.clientId());
        parameters.put("post_logout_redirect_uri", settings.origin() + HOME);
        return with(places.getFirst().toString(), parameters);
    }

    /** The issuer's own name of the session if it has one that fits, so that its back-channel logout finds it. */
    private String sid(Claims claims) {
        return claims.text("sid")
                .filter(sid -> sid.matches("[A-Za-z0-9_-]{1,128}"))
                .orElseGet(() -> Base64Url.encode(means.randomness().bytes(SID_BYTES)));
    }

    private Set<Role> roles(Claims claims) {
        var roles = new LinkedHashSet<Role>();
        switch (claims.find(settings.roleClaim()).orElse(new ClaimValue.Nothing())) {
            case ClaimValue.Text(var text) -> roles.add(new Role(text));
            case ClaimValue.Listing(var items) -> {
                for (var item : items) {
                    if (!(item instanceof ClaimValue.Text(var text))) {
                        throw new InvalidInput("roles", "texts");
                    }
                    roles.add(new Role(text));
                }
            }
            case ClaimValue.Nothing nothing -> {}
            case ClaimValue other -> throw new InvalidInput("roles", "a text or a list of texts");
        }
        return roles;
    }

    /** A cookie has little room: what identifies a person to an app, and no more. */
    private static Claims shown(Claims claims) {
        var members = new LinkedHashMap<String, ClaimValue>();
        claims.tree().members().forEach((name, value) -> {
            if (SHOWN.contains(name)) {
                members.put(name, value);
            }
        });
        return Claims.of(members);
    }

    private static String query(Fetch request) {
        var search = request.target().search();
        return search.isEmpty() ? "" : search.substring(1);
    }

    private static String with(String url, Map<String, String> parameters) {
        return url + (url.contains("?") ? "&" : "?") + FormFields.write(parameters);
    }

    private PageAnswer refusedLogin(Reason reason) {
        return new PageAnswer.Refused(reason, 401, List.of(cookie.removed()));
    }
}
